package io.rewind.restore.plan;

import io.rewind.event.BlockRun;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.points.StoredPoint;
import io.rewind.restore.points.StreamPart;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds the plan of one point from the parts the store sends. */
public final class PlanReader {
    private static final int ZERO = -1;

    private final Limits limits;
    private final StreamRules rules = new StreamRules();
    private final List<PlannedStream> streams = new ArrayList<>();
    private final Placements placements = new Placements();
    private final Map<ChunkId, Integer> chunks = new HashMap<>();
    private final List<ChunkId> order = new ArrayList<>();
    private final Set<ChunkId> patches = new HashSet<>();
    private long bytes;
    /** Of the stream that came last. */
    private long placed;

    private PlanReader(Limits limits) {
        this.limits = limits;
    }

    /** @throws Fault POINT_REFUSED, POINT_DAMAGED or POINT_TOO_LARGE; what the source throws */
    public static PointPlan read(StoredPoint point, Limits limits) {
        PlanReader reader = new PlanReader(limits);
        point.streams(reader::take);
        reader.rules.finish();
        return new PointPlan(
                point.committed().getHeader(),
                point.spec(),
                reader.streams,
                reader.placements,
                reader.order,
                reader.patches,
                reader.rules.trees(),
                reader.bytes);
    }

    private void take(StreamPart part) {
        StreamChange change = part.change();
        if (change.getRemoved()) {
            throw damaged("a stream of the point is marked as gone");
        }
        int stream = continues(change) ? streams.size() - 1 : begin(change);
        if (change.getMeta().isPresent()
                && !change.getMeta().equals(streams.get(stream).meta())) {
            throw damaged("one entry is described in two ways");
        }
        patches.addAll(part.patches());
        int[] places = part.chunks().stream().mapToInt(this::place).toArray();
        for (BlockRun run : change.getRuns()) {
            placeRun(stream, run, places);
        }
    }

    private boolean continues(StreamChange change) {
        if (streams.isEmpty()) {
            return false;
        }
        PlannedStream last = streams.getLast();
        return last.kind() == change.getKind()
                && last.tree().equals(change.getTree())
                && ByteBuffer.wrap(last.name()).equals(change.getName());
    }

    private int begin(StreamChange change) {
        byte[] name = new byte[change.getName().remaining()];
        change.getName().duplicate().get(name);
        PlannedStream stream = switch (change.getKind()) {
            case MEMORY, IMAGE ->
                new PlannedStream(
                        change.getKind(),
                        change.getTree(),
                        name,
                        change.getMeta(),
                        change.getSize(),
                        BlockDigest.read(change.getDigest()));
            case UPPER, VOLUME -> rules.entry(name, change);
        };
        rules.check(stream);
        streams.add(stream);
        placed = 0;
        long limit = limits.bytes();
        // A sparse file may be larger than any disk; what counts is what is written into it.
        if (!stream.isEntry()) {
            long size = stream.kind() == StreamKind.MEMORY ? times(stream.size()) : stream.size();
            bytes = size > limit - bytes ? limit + 1 : bytes + size;
        }
        if (streams.size() > limits.streams() || bytes > limit) {
            throw tooLarge();
        }
        return streams.size() - 1;
    }

    private static long times(long pages) {
        return pages > Long.MAX_VALUE / Block.SIZE ? Long.MAX_VALUE : pages * Block.SIZE;
    }

    private int place(ChunkId id) {
        Integer known = chunks.get(id);
        if (known != null) {
            return known;
        }
        chunks.put(id, order.size());
        order.add(id);
        return order.size() - 1;
    }

    private void placeRun(int stream, BlockRun run, int[] places) {
        PlannedStream of = streams.get(stream);
        long blocks = of.blocks();
        boolean memory = of.kind() == StreamKind.MEMORY;
        if (run.getCount() < 1
                || run.getFirst() < 0
                || run.getFirst() > StreamRules.MAX_BLOCK - run.getCount()
                || (memory ? run.getCount() > blocks : run.getFirst() > blocks - run.getCount())) {
            throw damaged("blocks lie outside of their stream");
        }
        placed += run.getCount();
        if (placed > blocks) {
            throw damaged("a stream has more blocks than it says");
        }
        if (run.getChunk() == ZERO) {
            if (!of.isEntry()) {
                add(ZERO, stream, run);
            }
            return;
        }
        if (run.getChunk() < 0
                || run.getChunk() >= places.length
                || run.getAt() < 0
                || run.getAt() > ChunkBody.MAX_BLOCKS - run.getCount()) {
            throw damaged("blocks come from no chunk of the part");
        }
        if (of.isEntry()) {
            bytes += (long) run.getCount() * Block.SIZE;
        }
        add(places[run.getChunk()], stream, run);
    }

    private void add(int chunk, int stream, BlockRun run) {
        placements.add(chunk, stream, run.getFirst(), run.getCount(), run.getAt());
        if (placements.size() > limits.placements() || bytes > limits.bytes()) {
            throw tooLarge();
        }
    }

    private static Fault damaged(String why) {
        return RestoreCode.POINT_DAMAGED.because("The point's description is damaged: " + why + ".");
    }

    private Fault tooLarge() {
        return RestoreCode.POINT_TOO_LARGE.because("The point is larger than rewind.restore.limit allows.");
    }
}
