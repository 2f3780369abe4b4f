package io.rewind.encoder.mirror;

import java.util.Arrays;

/**
 * Slots by key: open addressing with linear probing, at most half full. When all slots are taken, one that was not asked
 * for since the hand last passed it is given to the next key. For one thread.
 */
final class MirrorIndex {
    static final int NONE = -1;
    private static final int SMALLEST = 1 << 10;

    private final int most;
    private final Runnable evicted;
    private long[] keys;
    private boolean[] asked;
    /** Slot + 1; 0: free. */
    private int[] table;

    private int size;
    private int hand;

    /** @param evicted is told whenever a key loses its slot to another */
    MirrorIndex(int most, Runnable evicted) {
        this.most = most;
        this.evicted = evicted;
        int first = Math.min(most, SMALLEST);
        keys = new long[first];
        asked = new boolean[first];
        table = new int[tableSize(first)];
    }

    private static int tableSize(int slots) {
        return Integer.highestOneBit(Math.max(1, slots)) * 4;
    }

    /** Slots are below this; grows. */
    int capacity() {
        return keys.length;
    }

    /** The key's slot, or {@link #NONE}. */
    int find(long key) {
        int slot = table[probe(key)] - 1;
        if (slot != NONE) {
            asked[slot] = true;
        }
        return slot;
    }

    /** The key's slot, another's if need be. */
    int claim(long key) {
        int at = probe(key);
        if (table[at] != 0) {
            return table[at] - 1;
        }
        int slot = size < most ? grown() : taken();
        keys[slot] = key;
        asked[slot] = false;
        table[probe(key)] = slot + 1;
        return slot;
    }

    private int grown() {
        if (size == keys.length) {
            int larger = (int) Math.min(most, 2L * size);
            keys = Arrays.copyOf(keys, larger);
            asked = Arrays.copyOf(asked, larger);
            table = new int[tableSize(larger)];
            for (int slot = 0; slot < size; slot++) {
                table[probe(keys[slot])] = slot + 1;
            }
        }
        return size++;
    }

    private int taken() {
        while (asked[hand]) {
            asked[hand] = false;
            hand = (hand + 1) % size;
        }
        int slot = hand;
        hand = (hand + 1) % size;
        remove(probe(keys[slot]));
        evicted.run();
        return slot;
    }

    /** Closes the gap, so that probing never has to step over one. */
    private void remove(int at) {
        int mask = table.length - 1;
        int gap = at;
        for (int next = (gap + 1) & mask; table[next] != 0; next = (next + 1) & mask) {
            int home = home(keys[table[next] - 1]);
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                table[gap] = table[next];
                gap = next;
            }
        }
        table[gap] = 0;
    }

    private int probe(long key) {
        int mask = table.length - 1;
        int at = home(key);
        while (table[at] != 0 && keys[table[at] - 1] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(long key) {
        return (int) (key ^ (key >>> 32)) & (table.length - 1);
    }

    void clear() {
        Arrays.fill(table, 0);
        Arrays.fill(asked, false);
        size = 0;
        hand = 0;
    }
}
