package io.rewind.store.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory. It outlives whoever works on it, closed or not; of a power cut it loses batches that were not synced,
 * from the end.
 */
public final class MemoryDatabase implements Database {
    private final Map<Family, NavigableMap<byte[], byte[]>> families = new EnumMap<>(Family.class);
    /** What takes back each batch since the last sync, the newest first. */
    private final Deque<List<Change>> unsynced = new ArrayDeque<>();

    private final Runnable touched;

    @SuppressWarnings("ArrayRecordComponent")
    private record Change(Family family, byte[] key, byte @Nullable [] value) {}

    /** @param touched hears of every batch and sync before it happens; what it throws keeps it from happening */
    public MemoryDatabase(Runnable touched) {
        this.touched = touched;
        for (Family family : Family.values()) {
            families.put(family, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    private static NavigableMap<byte[], byte[]> in(Map<Family, NavigableMap<byte[], byte[]>> families, Family family) {
        return Objects.requireNonNull(families.get(family));
    }

    @Override
    public Optional<byte[]> get(Family family, byte[] key) {
        return Optional.ofNullable(in(families, family).get(key));
    }

    @Override
    public void scan(Family family, byte[] prefix, Visitor visitor) {
        scan(in(families, family), prefix, visitor);
    }

    private static void scan(NavigableMap<byte[], byte[]> entries, byte[] prefix, Visitor visitor) {
        for (Map.Entry<byte[], byte[]> entry : entries.tailMap(prefix, true).entrySet()) {
            byte[] key = entry.getKey();
            boolean begins =
                    key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
            if (!begins || !visitor.visit(key, entry.getValue())) {
                return;
            }
        }
    }

    @Override
    public Commit begin() {
        return new Batch();
    }

    @Override
    public void sync() {
        touched.run();
        unsynced.clear();
    }

    /** Batches that a power cut may still take. */
    public int unsynced() {
        return unsynced.size();
    }

    /** The power fails; of the batches that were not synced the first {@code kept} are there. */
    public void losePower(int kept) {
        while (unsynced.size() > kept) {
            unsynced.pop().forEach(this::apply);
        }
    }

    private Change apply(Change change) {
        NavigableMap<byte[], byte[]> entries = in(families, change.family);
        byte @Nullable [] value = change.value;
        byte @Nullable [] before = value == null ? entries.remove(change.key) : entries.put(change.key, value);
        return new Change(change.family, change.key, before);
    }

    @Override
    public SnapshotView snapshot() {
        Map<Family, NavigableMap<byte[], byte[]>> copy = new EnumMap<>(Family.class);
        families.forEach((family, entries) -> copy.put(family, new TreeMap<>(entries)));
        return new Copy(copy);
    }

    @Override
    public long diskBytes() {
        return families.values().stream()
                .flatMap(entries -> entries.entrySet().stream())
                .mapToLong(entry -> entry.getKey().length + entry.getValue().length)
                .sum();
    }

    @Override
    public long bodyBytes() {
        return in(families, Family.BODIES).values().stream()
                .mapToLong(body -> body.length)
                .sum();
    }

    @Override
    public void compact(Family family, long rate) {
        // What was deleted takes no room.
    }

    @Override
    public void rewriteBodies(long rate) {
        // Likewise.
    }

    @Override
    public void close() {
        // A disk stays.
    }

    private final class Batch implements Commit {
        private final List<Change> changes = new ArrayList<>();

        @Override
        public void put(Family family, byte[] key, byte[] value) {
            changes.add(new Change(family, key.clone(), value.clone()));
        }

        @Override
        public void delete(Family family, byte[] key) {
            changes.add(new Change(family, key.clone(), null));
        }

        @Override
        public void write() {
            touched.run();
            List<Change> undo = new ArrayList<>();
            changes.forEach(change -> undo.addFirst(apply(change)));
            unsynced.push(undo);
        }

        @Override
        public void close() {}
    }

    private record Copy(Map<Family, NavigableMap<byte[], byte[]>> families) implements SnapshotView {
        @Override
        public Optional<byte[]> get(Family family, byte[] key) {
            return Optional.ofNullable(in(families, family).get(key));
        }

        @Override
        public void scan(Family family, byte[] prefix, Visitor visitor) {
            MemoryDatabase.scan(in(families, family), prefix, visitor);
        }

        @Override
        public void check() {}

        @Override
        public void close() {}
    }
}
