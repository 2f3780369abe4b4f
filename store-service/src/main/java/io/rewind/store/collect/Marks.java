package io.rewind.store.collect;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A set of 128-bit hashes of bounded size that may claim to have what was never added (a Bloom filter), so that memory
 * does not grow with the store. Usable by several threads; what one of them added another sees.
 */
final class Marks {
    private static final int PROBES = 6;

    private final AtomicLongArray words;
    private final long mask;
    private final long seed;

    /**
     * @param bytes of memory, rounded down to a power of two; one an id leaves one in fifty wrong
     * @param seed another one errs on other ids
     */
    Marks(long bytes, long seed) {
        int count = Math.clamp(Long.highestOneBit(bytes / Long.BYTES), 1, 1 << 28);
        this.words = new AtomicLongArray(count);
        this.mask = (long) count * Long.SIZE - 1;
        this.seed = seed;
    }

    void add(long high, long low) {
        for (int probe = 0; probe < PROBES; probe++) {
            long bit = bit(high, low, probe);
            long word = 1L << bit;
            if ((words.get((int) (bit >>> 6)) & word) == 0) {
                words.getAndUpdate((int) (bit >>> 6), before -> before | word);
            }
        }
    }

    boolean has(long high, long low) {
        for (int probe = 0; probe < PROBES; probe++) {
            long bit = bit(high, low, probe);
            if ((words.get((int) (bit >>> 6)) & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Two hashes make all (Kirsch and Mitzenmacher, Less Hashing, Same Performance, 2006). */
    private long bit(long high, long low, int probe) {
        return mixed(high + seed) + probe * (mixed(low ^ seed) | 1) & mask;
    }

    /** The finalizer of MurmurHash3. */
    private static long mixed(long value) {
        long a = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        long b = (a ^ a >>> 33) * 0xc4ceb9fe1a85ec53L;
        return b ^ b >>> 33;
    }
}
