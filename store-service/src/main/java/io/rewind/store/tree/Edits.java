package io.rewind.store.tree;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a tree, later ones winning over earlier ones. Ranges that are removed are kept apart from each other.
 */
final class Edits {
    /** What an entry takes beside its bytes, roughly. */
    private static final int OVERHEAD = 128;

    private final NavigableMap<byte[], Optional<byte[]>> set = new TreeMap<>(Arrays::compareUnsigned);
    private final NavigableMap<byte[], byte[]> removed = new TreeMap<>(Arrays::compareUnsigned);
    private long bytes;

    void put(byte[] key, byte[] value) {
        set.put(key, Optional.of(value));
        bytes += key.length + value.length + OVERHEAD;
    }

    void remove(byte[] key) {
        set.put(key, Optional.empty());
        bytes += key.length + OVERHEAD;
    }

    /** Everything from {@code from} up to but not {@code to}. */
    void removeRange(byte[] from, byte[] to) {
        set.subMap(from, to).clear();
        byte[] start = from;
        byte[] end = to;
        Map.Entry<byte[], byte[]> before = removed.floorEntry(from);
        if (before != null && Arrays.compareUnsigned(before.getValue(), from) >= 0) {
            start = before.getKey();
            end = later(end, before.getValue());
        }
        Map.Entry<byte[], byte[]> last = removed.lowerEntry(to);
        if (last != null) {
            end = later(end, last.getValue());
        }
        removed.subMap(start, end).clear();
        removed.put(start, end);
        bytes += from.length + to.length + OVERHEAD;
    }

    private static byte[] later(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) >= 0 ? one : other;
    }

    /** What was set under the key; null: nothing is known here, unless the key {@link #isRemoved}. */
    @Nullable
    Optional<byte[]> set(byte[] key) {
        return set.get(key);
    }

    boolean isRemoved(byte[] key) {
        Map.Entry<byte[], byte[]> around = removed.floorEntry(key);
        return around != null && Arrays.compareUnsigned(key, around.getValue()) < 0;
    }

    /** Whether anything changes after {@code after}, up to and with {@code last}. */
    boolean touch(byte[] after, byte[] last) {
        if (Arrays.compareUnsigned(after, last) < 0
                && !set.subMap(after, false, last, true).isEmpty()) {
            return true;
        }
        Map.Entry<byte[], byte[]> around = removed.floorEntry(last);
        return around != null && Arrays.compareUnsigned(around.getValue(), after) > 0;
    }

    /** Whether anything is set after {@code after}. */
    boolean touchAfter(byte[] after) {
        return !set.tailMap(after, false).isEmpty();
    }

    NavigableMap<byte[], Optional<byte[]>> entries() {
        return set;
    }

    long bytes() {
        return bytes;
    }
}
