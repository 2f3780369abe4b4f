package io.rewind.encoder.map;

import java.util.Arrays;

/**
 * Runs in the order they apply; neighbours that continue each other are merged. Three longs a run:
 *
 * <pre>
 *   first
 *   count
 *   chunk (high 32 bits), at (low 32 bits)
 * </pre>
 */
public final class RunList {
    /** In place of a chunk: the blocks are zero. */
    public static final int ZERO = -1;
    /** In place of a chunk: the blocks are gone. */
    public static final int GONE = -2;

    private static final int STRIDE = 3;
    private static final int MAX_COUNT = 1 << 30;

    private final Footprint footprint;
    private long[] words = new long[0];
    private int size;

    public RunList(Footprint footprint) {
        this.footprint = footprint;
    }

    /** Appends {@code count} blocks from {@code first}; {@code at} is 0 unless {@code chunk} is one. */
    public void add(long first, int count, int chunk, int at) {
        if (size > 0 && continues(size - 1, first, count, chunk, at)) {
            words[(size - 1) * STRIDE + 1] += count;
            return;
        }
        if (words.length == size * STRIDE) {
            int more = Math.max(STRIDE * 2, words.length);
            footprint.add((long) more * Long.BYTES);
            words = Arrays.copyOf(words, words.length + more);
        }
        int word = size++ * STRIDE;
        words[word] = first;
        words[word + 1] = count;
        words[word + 2] = ((long) chunk << 32) | at;
    }

    private boolean continues(int run, long first, int count, int chunk, int at) {
        return chunk(run) == chunk
                && first(run) + count(run) == first
                && (chunk < 0 || at(run) + count(run) == at)
                && (long) count(run) + count <= MAX_COUNT;
    }

    int size() {
        return size;
    }

    long first(int run) {
        return words[run * STRIDE];
    }

    int count(int run) {
        return (int) words[run * STRIDE + 1];
    }

    int chunk(int run) {
        return (int) (words[run * STRIDE + 2] >> 32);
    }

    int at(int run) {
        return (int) words[run * STRIDE + 2];
    }

    /** Whether all it says is that blocks are gone. */
    boolean onlyGone() {
        for (int run = 0; run < size; run++) {
            if (chunk(run) != GONE) {
                return false;
            }
        }
        return true;
    }
}
