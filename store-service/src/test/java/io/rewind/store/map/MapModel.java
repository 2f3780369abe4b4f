package io.rewind.store.map;

import io.rewind.event.BlockRun;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A container's streams, changing at random; what a map says must be what this says. */
final class MapModel {
    /** So large that no hole in it may cost by its length. */
    private static final long SPARSE = 1L << 34;

    private static final List<String> DIRECTORIES = List.of("a", "a/b", "a-b", "a.b", "c");
    private static final List<String> LEAVES = List.of("x", "x-y", "y");

    /** @param blocks where each lies: chunk and number; chunk 0 is zero */
    record Stream(StreamKind kind, FileType type, long size, int version, NavigableMap<Long, Place> blocks) {}

    private final SplittableRandom random;
    private final TreeMap<String, Stream> streams = new TreeMap<>();
    private int version;
    private int chunk;

    MapModel(SplittableRandom random) {
        this.random = random;
    }

    /** What the map should say. */
    Map<String, Stream> state() {
        Map<String, Stream> copy = new TreeMap<>();
        streams.forEach(
                (name, s) -> copy.put(name, new Stream(s.kind, s.type, s.size, s.version, new TreeMap<>(s.blocks))));
        return copy;
    }

    /** One point's changes; for each its chunks. */
    record Change(StreamChange change, List<ChunkId> chunks) {}

    List<Change> next(boolean full) {
        List<Change> changes = new ArrayList<>();
        if (full) {
            streams.clear();
        }
        for (int image = 0; image < 3; image++) {
            // Gone, as it was, or new.
            String name = "IMAGE:" + image;
            int what = random.nextInt(6);
            if (what == 0) {
                streams.remove(name);
            } else if (what > 3 && streams.containsKey(name)) {
                Stream before = streams.getOrDefault(name, empty(StreamKind.IMAGE, FileType.FILE, 0));
                changes.add(write(name, before, before.blocks));
            } else {
                changes.add(write(name, put(name, StreamKind.IMAGE, FileType.FILE, 3 * 4096), place(0, 3)));
            }
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            changes.addAll(
                    switch (random.nextInt(8)) {
                        case 0, 1, 2 -> memory();
                        case 3 -> remove();
                        case 4 -> directory();
                        default -> file();
                    });
        }
        return changes;
    }

    private List<Change> memory() {
        String name = "MEMORY:" + random.nextInt(2);
        Stream before = streams.getOrDefault(name, empty(StreamKind.MEMORY, FileType.FILE, 0));
        NavigableMap<Long, Place> changed = new TreeMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            long first = random.nextInt(3) == 0 ? Segment.BLOCKS - 2 : random.nextInt(40);
            int count = 1 + random.nextInt(4);
            switch (random.nextInt(4)) {
                case 0 -> fill(changed, first, count, Place.Empty.ABSENT);
                case 1 -> fill(changed, first, count, Place.Empty.ZERO);
                default -> changed.putAll(place(first, count));
            }
        }
        NavigableMap<Long, Place> blocks = new TreeMap<>(before.blocks);
        blocks.putAll(changed);
        blocks.values().removeIf(place -> place == Place.Empty.ABSENT);
        Stream after = new Stream(StreamKind.MEMORY, FileType.FILE, blocks.size(), ++version, blocks);
        streams.put(name, after);
        return List.of(write(name, after, changed));
    }

    private List<Change> remove() {
        List<String> names = streams.keySet().stream()
                .filter(name -> !name.startsWith("IMAGE"))
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        String name = names.get(random.nextInt(names.size()));
        Stream gone = streams.getOrDefault(name, empty(StreamKind.UPPER, FileType.FIFO, 0));
        drop(name);
        return List.of(new Change(change(name, gone, true, List.of()), List.of()));
    }

    private void drop(String name) {
        streams.keySet().removeIf(other -> other.equals(name) || other.startsWith(name + "/"));
    }

    private List<Change> directory() {
        List<Change> changes = new ArrayList<>();
        String name = "UPPER:" + DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
        makeDirectories(name, changes);
        return changes;
    }

    private void makeDirectories(String name, List<Change> changes) {
        int slash = name.lastIndexOf('/');
        if (slash > 0) {
            makeDirectories(name.substring(0, slash), changes);
        }
        Stream there = streams.getOrDefault(name, empty(StreamKind.UPPER, FileType.FIFO, 0));
        if (there.type != FileType.DIRECTORY) {
            drop(name);
            changes.add(write(name, put(name, StreamKind.UPPER, FileType.DIRECTORY, 0), new TreeMap<>()));
        }
    }

    private List<Change> file() {
        List<Change> changes = new ArrayList<>();
        String directory = DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
        // Sometimes in the place of a directory.
        String path = random.nextInt(8) == 0 ? directory : directory + "/" + LEAVES.get(random.nextInt(LEAVES.size()));
        String name = "UPPER:" + path;
        int slash = name.lastIndexOf('/');
        if (slash > 0) {
            makeDirectories(name.substring(0, slash), changes);
        }
        Stream before = streams.getOrDefault(name, empty(StreamKind.UPPER, FileType.FILE, 0));
        if (before.type == FileType.DIRECTORY) {
            drop(name);
            before = empty(StreamKind.UPPER, FileType.FILE, 0);
        }
        long blocks = random.nextInt(10) == 0 ? SPARSE : random.nextInt(12);
        NavigableMap<Long, Place> changed = new TreeMap<>();
        long hole = 0;
        if (blocks > 0) {
            changed.putAll(place(random.nextLong(Math.min(blocks, 12)), 1));
            changed.keySet().removeIf(block -> block >= blocks);
            if (random.nextInt(3) == 0) {
                hole = blocks;
                changed.replaceAll((_, _) -> Place.Empty.ABSENT);
            }
        }
        NavigableMap<Long, Place> after = hole > 0 ? new TreeMap<>() : new TreeMap<>(before.blocks.headMap(blocks));
        after.putAll(changed);
        after.values().removeIf(place -> place == Place.Empty.ABSENT);
        Stream now = new Stream(StreamKind.UPPER, FileType.FILE, blocks * 4096, ++version, after);
        streams.put(name, now);
        if (hole > 0) {
            changes.add(new Change(change(name, now, false, hole(hole)), List.of()));
        } else {
            changes.add(write(name, now, changed));
        }
        return changes;
    }

    private static List<BlockRun> hole(long blocks) {
        List<BlockRun> runs = new ArrayList<>();
        for (long first = 0; first < blocks; first += Integer.MAX_VALUE) {
            runs.add(new BlockRun(first, (int) Math.min(Integer.MAX_VALUE, blocks - first), PartCheck.ZERO, 0));
        }
        return runs;
    }

    private static void fill(NavigableMap<Long, Place> blocks, long first, int count, Place place) {
        for (int i = 0; i < count; i++) {
            blocks.put(first + i, place.next(i));
        }
    }

    private NavigableMap<Long, Place> place(long first, int count) {
        NavigableMap<Long, Place> blocks = new TreeMap<>();
        fill(blocks, first, count, new Place.In(new ChunkId(7, ++chunk), random.nextInt(3)));
        return blocks;
    }

    private static Stream empty(StreamKind kind, FileType type, long size) {
        return new Stream(kind, type, size, 0, new TreeMap<>());
    }

    private Stream put(String name, StreamKind kind, FileType type, long size) {
        Stream stream = new Stream(kind, type, size, ++version, new TreeMap<>());
        streams.put(name, stream);
        return stream;
    }

    private Change write(String name, Stream stream, NavigableMap<Long, Place> blocks) {
        Map<ChunkId, Integer> chunks = new HashMap<>();
        List<ChunkId> ids = new ArrayList<>();
        List<BlockRun> runs = new ArrayList<>();
        blocks.forEach((block, place) -> {
            switch (place) {
                case Place.Empty.ABSENT -> runs.add(new BlockRun(block, 1, PartCheck.GONE, 0));
                case Place.Empty.ZERO -> runs.add(new BlockRun(block, 1, PartCheck.ZERO, 0));
                case Place.In(ChunkId id, int at) -> {
                    int number = chunks.computeIfAbsent(id, _ -> {
                        ids.add(id);
                        return ids.size() - 1;
                    });
                    runs.add(new BlockRun(block, 1, number, at));
                }
            }
        });
        if (stream.kind == StreamKind.IMAGE) {
            stream.blocks.putAll(blocks);
        }
        return new Change(change(name, stream, false, runs), ids);
    }

    static StreamChange change(String name, Stream stream, boolean removed, List<BlockRun> runs) {
        String path = name.substring(name.indexOf(':') + 1);
        boolean file = stream.kind == StreamKind.UPPER;
        return StreamChange.newBuilder()
                .setKind(stream.kind)
                .setTree("")
                .setName(bytes(path))
                .setRemoved(removed)
                .setMeta(file && !removed ? meta(stream) : null)
                .setSize(file ? 0L : stream.size)
                .setDigest(bytes(Integer.toString(stream.version)))
                .setRuns(runs)
                .build();
    }

    private static FileMeta meta(Stream stream) {
        return FileMeta.newBuilder()
                .setType(stream.type)
                .setMode(0644)
                .setUid(0)
                .setGid(0)
                .setMtimeNanos(stream.version)
                .setSize(stream.size)
                .setTarget(bytes(""))
                .setXattrs(List.of())
                .setDigest(bytes(""))
                .build();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
