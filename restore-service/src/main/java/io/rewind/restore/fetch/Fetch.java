package io.rewind.restore.fetch;

import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.OpenedChunk;
import io.rewind.restore.points.PointSource;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * One pass over some streams of a point: pours their blocks into their sinks and proves their digests. Digests are sums,
 * so the order of arrival does not matter. For one thread.
 */
public final class Fetch {
    private static final int BATCH = 512;
    private static final byte[] ZEROS = new byte[Block.SIZE];

    private final PointPlan plan;
    private final Placements placements;
    private final Predicate<PlannedStream> wanted;
    private final IntFunction<BlockSink> open;
    private final Map<Integer, BlockSink> sinks = new HashMap<>();
    private final Digests digests;
    private final LongConsumer arrived;

    private Fetch(PointPlan plan, Predicate<PlannedStream> wanted, IntFunction<BlockSink> open, LongConsumer arrived) {
        this.plan = plan;
        this.placements = plan.placements();
        this.wanted = wanted;
        this.open = open;
        this.digests = new Digests(plan.streams().size());
        this.arrived = arrived;
    }

    /**
     * @param sinks of a wanted stream, by place in the plan; asked once, when its first block comes
     * @param arrived hears of the opened bytes of each chunk that came
     */
    public static void run(
            PointSource source,
            TimelineId timeline,
            PointPlan plan,
            Predicate<PlannedStream> wanted,
            IntFunction<BlockSink> sinks,
            LongConsumer arrived) {
        Fetch fetch = new Fetch(plan, wanted, sinks, arrived);
        fetch.pour(source, timeline);
        fetch.prove();
    }

    private void pour(PointSource source, TimelineId timeline) {
        // Sorted by chunk: upper half the chunk (zero blocks, -1, come first), lower half the placement.
        long[] byChunk = new long[placements.size()];
        int used = 0;
        for (int i = 0; i < placements.size(); i++) {
            if (wanted.test(plan.streams().get(placements.stream(i)))) {
                byChunk[used++] = ((long) placements.chunk(i) << 32) | i;
            }
        }
        byChunk = Arrays.copyOf(byChunk, used);
        Arrays.sort(byChunk);
        Map<ChunkId, int[]> batch = new HashMap<>();
        int at = 0;
        while (at < used) {
            int chunk = (int) (byChunk[at] >> 32);
            int end = at;
            while (end < used && (int) (byChunk[end] >> 32) == chunk) {
                end++;
            }
            if (chunk < 0) {
                zeros(byChunk, at, end);
            } else {
                batch.put(plan.chunks().get(chunk), new int[] {at, end});
            }
            at = end;
            if (batch.size() == BATCH || (at == used && !batch.isEmpty())) {
                bring(source, timeline, batch, byChunk);
                batch.clear();
            }
        }
    }

    private void bring(PointSource source, TimelineId timeline, Map<ChunkId, int[]> batch, long[] byChunk) {
        source.chunks(timeline, List.copyOf(batch.keySet()), chunk -> {
            int[] range = batch.remove(chunk.id());
            if (range == null) {
                throw RestoreCode.POINT_DAMAGED.because("The store sent a chunk that was not asked for.");
            }
            place(chunk, byChunk, range);
        });
        if (!batch.isEmpty()) {
            throw RestoreCode.POINT_DAMAGED.because("The store lacks " + batch.size() + " chunks of the point.");
        }
    }

    private void place(OpenedChunk chunk, long[] byChunk, int[] range) {
        ChunkBody body = chunk.body();
        for (int i = range[0]; i < range[1]; i++) {
            int placement = (int) byChunk[i];
            int stream = placements.stream(placement);
            int at = placements.at(placement);
            if (at + placements.count(placement) > body.blocks()) {
                throw RestoreCode.POINT_DAMAGED.because("The point wants more blocks of a chunk than it has.");
            }
            for (int n = 0; n < placements.count(placement); n++) {
                put(stream, placements.first(placement) + n, body, at + n);
            }
        }
        arrived.accept(body.bytes().length);
    }

    private void put(int stream, long block, ChunkBody body, int at) {
        PlannedStream of = plan.streams().get(stream);
        int length = body.length(at);
        if (of.kind() == StreamKind.MEMORY && length != Block.SIZE) {
            throw RestoreCode.POINT_DAMAGED.because("A page of the point has " + length + " bytes.");
        }
        boolean hole = of.kind() == StreamKind.UPPER && Block.isZero(body.bytes(), body.offset(at), length);
        if (!hole) {
            digests.add(stream, BlockDigest.of(block, body.bytes(), body.offset(at), length));
            sink(stream).put(block, body.bytes(), body.offset(at), length);
        }
    }

    private void zeros(long[] byChunk, int from, int to) {
        for (int i = from; i < to; i++) {
            int placement = (int) byChunk[i];
            int stream = placements.stream(placement);
            long size = plan.streams().get(stream).size();
            boolean image = plan.streams().get(stream).kind() == StreamKind.IMAGE;
            for (int n = 0; n < placements.count(placement); n++) {
                long block = placements.first(placement) + n;
                int length = image ? (int) Math.min(Block.SIZE, size - block * Block.SIZE) : Block.SIZE;
                digests.add(stream, BlockDigest.of(block, ZEROS, 0, length));
                sink(stream).zero(block);
            }
        }
    }

    private BlockSink sink(int stream) {
        return sinks.computeIfAbsent(stream, open::apply);
    }

    private void prove() {
        for (int i = 0; i < plan.streams().size(); i++) {
            PlannedStream stream = plan.streams().get(i);
            if (wanted.test(stream) && !digests.of(i).equals(stream.digest())) {
                throw RestoreCode.POINT_DAMAGED.because("The " + stream.kind() + " stream \""
                        + PosixPath.display(stream.name()) + "\" of the point is not what was captured.");
            }
        }
    }
}
