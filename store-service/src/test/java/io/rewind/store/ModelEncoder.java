package io.rewind.store;

import io.rewind.event.BlockRun;
import io.rewind.event.ChunkRecord;
import io.rewind.event.PointMapPart;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.node.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** Turns changes of a model into records, with chunks shared between points and streams that go on in the next part. */
final class ModelEncoder {
    private static final int CHUNK_BLOCKS = 48;
    private static final int STREAMS_A_PART = 12;
    private static final int RUNS_A_CHANGE = 40;

    private static final int PATCHED = 12;
    private static final int MOST_LAYERS = 6;
    /** Of a point. */
    private static final int MOST_PATCHES = 5;

    /** @param layers patches above a whole block */
    record At(ChunkId chunk, int block, int layers) {}

    private final Random random;
    private final Map<Long, At> known = new HashMap<>();
    private final Map<Long, Instant> used = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private int patches;
    private final List<SpecificRecord> records = new ArrayList<>();
    private final List<Map.Entry<StreamChange, List<ChunkId>>> changes = new ArrayList<>();

    ModelEncoder(Random random) {
        this.random = random;
    }

    /** Forgets what was neither stored nor referred to since then. */
    void remember(Instant nowOn, Instant since) {
        now = nowOn;
        used.values().removeIf(since::isAfter);
        known.keySet().retainAll(used.keySet());
    }

    /** Makes sure that every content is in some chunk. */
    private void store(List<Long> contents) {
        List<Long> fresh = contents.stream()
                .filter(c -> c != 0 && (!known.containsKey(c) || random.nextInt(20) == 0))
                .distinct()
                .filter(c -> random.nextInt(PATCHED) != 0 || !patch(c))
                .toList();
        for (int from = 0; from < fresh.size(); from += CHUNK_BLOCKS) {
            List<Long> some = fresh.subList(from, Math.min(fresh.size(), from + CHUNK_BLOCKS));
            ChunkRecord chunk = TestRecords.chunk(some);
            records.add(chunk);
            for (int i = 0; i < some.size(); i++) {
                known(some.get(i), new At(ChunkId.read(chunk.getId()), i, 0));
            }
        }
    }

    private void known(long content, At at) {
        known.put(content, at);
        used.put(content, now);
    }

    /** Stores the content as a patch over what is known. */
    private boolean patch(long content) {
        List<At> bases =
                known.values().stream().filter(at -> at.layers < MOST_LAYERS).toList();
        if (bases.isEmpty() || patches == MOST_PATCHES) {
            return false;
        }
        patches++;
        At base = bases.get(random.nextInt(bases.size()));
        ChunkRecord chunk = TestRecords.patches(base.chunk, base.layers > 0, List.of(base.block), content);
        records.add(chunk);
        known(content, new At(ChunkId.read(chunk.getId()), 0, base.layers + 1));
        return true;
    }

    void removed(ModelState.Name name) {
        changes.add(Map.entry(change(name, Optional.empty(), List.of(), true), List.of()));
    }

    /** @param blocks content by block, in order; 0 is zero, -1 is gone */
    void changed(ModelState.Name name, ModelState.Stream stream, Map<Long, Long> blocks) {
        store(List.copyOf(blocks.values()).stream().filter(c -> c > 0).toList());
        List<BlockRun> runs = new ArrayList<>();
        Map<ChunkId, Integer> chunks = new LinkedHashMap<>();
        for (Map.Entry<Long, Long> block : blocks.entrySet()) {
            BlockRun run = run(block.getKey(), block.getValue(), chunks);
            if (runs.isEmpty() || !extend(runs, run)) {
                if (runs.size() == RUNS_A_CHANGE) {
                    changes.add(
                            Map.entry(change(name, Optional.of(stream), runs, false), List.copyOf(chunks.keySet())));
                    runs = new ArrayList<>();
                    chunks.clear();
                    run = run(block.getKey(), block.getValue(), chunks);
                }
                runs.add(run);
            }
        }
        changes.add(Map.entry(change(name, Optional.of(stream), runs, false), List.copyOf(chunks.keySet())));
    }

    private BlockRun run(long block, long content, Map<ChunkId, Integer> chunks) {
        if (content <= 0) {
            return new BlockRun(block, 1, content == 0 ? -1 : -2, 0);
        }
        At at = Objects.requireNonNull(known.get(content));
        used.put(content, now);
        return new BlockRun(block, 1, chunks.computeIfAbsent(at.chunk, _ -> chunks.size()), at.block);
    }

    private static boolean extend(List<BlockRun> runs, BlockRun next) {
        BlockRun last = runs.getLast();
        boolean follows = last.getFirst() + last.getCount() == next.getFirst()
                && last.getChunk() == next.getChunk()
                && (last.getChunk() < 0 || last.getAt() + last.getCount() == next.getAt());
        if (follows) {
            runs.set(
                    runs.size() - 1, new BlockRun(last.getFirst(), last.getCount() + 1, last.getChunk(), last.getAt()));
        }
        return follows;
    }

    private static StreamChange change(
            ModelState.Name name, Optional<ModelState.Stream> stream, List<BlockRun> runs, boolean removed) {
        boolean file = name.kind() == StreamKind.UPPER || name.kind() == StreamKind.VOLUME;
        return StreamChange.newBuilder()
                .setKind(name.kind())
                .setTree(name.tree())
                .setName(ByteBuffer.wrap(name.path().getBytes(StandardCharsets.UTF_8)))
                .setRemoved(removed)
                .setMeta(file ? stream.map(ModelState.Stream::meta).orElse(null) : null)
                .setSize(file ? 0 : stream.map(ModelState.Stream::size).orElse(0L))
                .setDigest(digest(stream))
                .setRuns(List.copyOf(runs))
                .build();
    }

    /** All records of the point, chunks first. */
    List<SpecificRecord> finish(int point, Optional<Integer> parent) {
        int parts = 0;
        for (int from = 0; from < changes.size(); from += STREAMS_A_PART) {
            List<ChunkId> chunks = new ArrayList<>();
            List<StreamChange> streams = new ArrayList<>();
            for (var entry : changes.subList(from, Math.min(changes.size(), from + STREAMS_A_PART))) {
                int base = chunks.size();
                chunks.addAll(entry.getValue());
                streams.add(StreamChange.newBuilder(entry.getKey())
                        .setRuns(entry.getKey().getRuns().stream()
                                .map(r -> r.getChunk() < 0
                                        ? r
                                        : new BlockRun(r.getFirst(), r.getCount(), r.getChunk() + base, r.getAt()))
                                .toList())
                        .build());
            }
            PointMapPart part = TestRecords.part(point, parts++, chunks, streams);
            records.add(part);
        }
        records.add(TestRecords.record(point, parent, parts));
        List<SpecificRecord> all = List.copyOf(records);
        records.clear();
        changes.clear();
        patches = 0;
        return all;
    }

    /** Says which content it is, as the encoder's does. */
    private static ByteBuffer digest(Optional<ModelState.Stream> stream) {
        String content = stream.map(s -> s.blocks().toString()).orElse("");
        return ByteBuffer.wrap(
                NodeId.of(content.getBytes(StandardCharsets.UTF_8)).toBytes());
    }
}
