package io.rewind.schemas.content;

import java.util.Arrays;

/** The unit of content: a page of memory, or 4 KiB of a file at a multiple of 4 KiB; only a file's last may be shorter. */
public final class Block {
    public static final int SIZE = 4096;

    private static final byte[] ZEROS = new byte[SIZE];

    private Block() {}

    /** Whether all of the {@code length} bytes (at most a block) at {@code offset} are zero. */
    public static boolean isZero(byte[] bytes, int offset, int length) {
        return Arrays.equals(bytes, offset, offset + length, ZEROS, 0, length);
    }

    /** Blocks that {@code bytes} bytes take. */
    public static long count(long bytes) {
        return (bytes + SIZE - 1) / SIZE;
    }
}
