package io.rewind.restore.plan;

import java.util.Arrays;

/**
 * Where the blocks of chunks belong, in columns: a point of a gigabyte may have a quarter of a million of these.
 * Filled by one thread, then only read.
 */
public final class Placements {
    private int size;
    private int[] chunk = new int[1024];
    private int[] stream = new int[1024];
    private long[] first = new long[1024];
    private int[] count = new int[1024];
    private int[] at = new int[1024];

    void add(int ofChunk, int ofStream, long firstBlock, int blocks, int atBlock) {
        if (size == chunk.length) {
            int grown = size * 2;
            chunk = Arrays.copyOf(chunk, grown);
            stream = Arrays.copyOf(stream, grown);
            first = Arrays.copyOf(first, grown);
            count = Arrays.copyOf(count, grown);
            at = Arrays.copyOf(at, grown);
        }
        chunk[size] = ofChunk;
        stream[size] = ofStream;
        first[size] = firstBlock;
        count[size] = blocks;
        at[size] = atBlock;
        size++;
    }

    public int size() {
        return size;
    }

    /** Place in the plan's list of chunks; negative: the blocks are zero. */
    public int chunk(int i) {
        return chunk[i];
    }

    public int stream(int i) {
        return stream[i];
    }

    /** Number, in the stream, of the first block. */
    public long first(int i) {
        return first[i];
    }

    public int count(int i) {
        return count[i];
    }

    /** Number, in the chunk, of the first block. */
    public int at(int i) {
        return at[i];
    }
}
