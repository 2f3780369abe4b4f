package io.rewind.restore.fetch;

import io.rewind.schemas.content.Block;

/** Blocks of a stream that follow each other, put at once: that costs little more than one alone. For one thread. */
final class Row {
    private static final int BLOCKS = 64;

    private final Destinations to;
    private final byte[] bytes = new byte[BLOCKS * Block.SIZE];
    private int length;
    private int stream;
    private long first;

    Row(Destinations to) {
        this.to = to;
    }

    /** Where in {@link #bytes} this block is to be made; it belongs to the row once it is kept. */
    int room(int ofStream, long block) {
        if (!isNext(ofStream, block)) {
            end();
            stream = ofStream;
            first = block;
        }
        return length;
    }

    /** Only the last block of a file is shorter than others, and nothing follows it. */
    private boolean isNext(int ofStream, long block) {
        return length < bytes.length && ofStream == stream && length == (block - first) * Block.SIZE;
    }

    byte[] bytes() {
        return bytes;
    }

    /** @param size of the block, in bytes */
    void keep(int size) {
        length += size;
    }

    void end() {
        if (length > 0) {
            to.put(stream, first, bytes, 0, length);
            length = 0;
        }
    }
}
