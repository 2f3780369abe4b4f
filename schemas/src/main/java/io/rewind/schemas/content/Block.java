package io.rewind.schemas.content;

/** The unit of content: a page of memory, or 4 KiB of a file at a multiple of 4 KiB; only a file's last may be shorter. */
public final class Block {
    public static final int SIZE = 4096;

    private Block() {}

    /** Blocks that {@code bytes} bytes take. */
    public static long count(long bytes) {
        return (bytes + SIZE - 1) / SIZE;
    }
}
