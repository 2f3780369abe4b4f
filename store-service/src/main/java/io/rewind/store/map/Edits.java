package io.rewind.store.map;

import io.rewind.store.layer.LayerWriter;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What a point changes, on its way to become a layer. */
final class Edits {
    /** What an entry takes beside its bytes, roughly. */
    private static final int OVERHEAD = 128;

    private final NavigableMap<byte[], byte[]> values = new TreeMap<>(Arrays::compareUnsigned);
    private long bytes;

    void put(byte[] key, byte[] value) {
        values.put(key, value);
        bytes += key.length + value.length + OVERHEAD;
    }

    Optional<byte[]> get(byte[] key) {
        return Optional.ofNullable(values.get(key));
    }

    /** What was put from {@code from} up to but not {@code to} is forgotten. */
    void drop(byte[] from, byte[] to) {
        values.subMap(from, to).clear();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Of all that was put, in memory. */
    long bytes() {
        return bytes;
    }

    void writeTo(LayerWriter writer) {
        values.forEach(writer::add);
    }
}
