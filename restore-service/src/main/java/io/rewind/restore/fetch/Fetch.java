package io.rewind.restore.fetch;

import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.PointSource;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * One pass over some streams of a point: pours their blocks into their sinks and proves their digests. First come the
 * chunks of patches, which are small and put aside; then, each once, those of whole blocks, be it for their own sake or as
 * bases. Digests are sums, so the order of arrival does not matter. For one thread.
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
     * @param folder where patches are put aside in a file that does not stay
     * @param sinks of a wanted stream, by place in the plan; asked once, when its first block comes
     * @param arrived hears of the opened bytes of each chunk that came
     */
    public static void run(
            PointSource source,
            TimelineId timeline,
            PointPlan plan,
            Path folder,
            Predicate<PlannedStream> wanted,
            IntFunction<BlockSink> sinks,
            LongConsumer arrived) {
        Fetch fetch = new Fetch(plan, wanted, sinks, arrived);
        try (PatchedBlocks patched = new PatchedBlocks(folder)) {
            fetch.pour(source, timeline, patched);
        }
        fetch.prove();
    }

    private void pour(PointSource source, TimelineId timeline, PatchedBlocks patched) {
        Order order = Order.of(plan, wanted, patched, ids -> patched.bring(source, timeline, ids, arrived));
        zeros(order);
        Map<ChunkId, Order.Range> batch = new HashMap<>();
        for (Order.Range range = order.next(); !range.isEmpty(); range = order.next()) {
            batch.put(order.chunk(range), range);
            if (batch.size() == BATCH) {
                bring(source, timeline, batch, order, patched);
            }
        }
        if (!batch.isEmpty()) {
            bring(source, timeline, batch, order, patched);
        }
    }

    private void bring(
            PointSource source,
            TimelineId timeline,
            Map<ChunkId, Order.Range> batch,
            Order order,
            PatchedBlocks patched) {
        source.chunks(timeline, List.copyOf(batch.keySet()), chunk -> {
            Order.Range range = batch.remove(chunk.id());
            if (range == null) {
                throw RestoreCode.POINT_DAMAGED.because("The store sent a chunk that was not asked for.");
            }
            place(whole(chunk.body()), order, range, patched);
        });
        if (!batch.isEmpty()) {
            throw RestoreCode.POINT_DAMAGED.because("The store lacks " + batch.size() + " chunks of the point.");
        }
    }

    private static BlockBody whole(ChunkBody body) {
        if (body instanceof BlockBody whole) {
            return whole;
        }
        throw RestoreCode.POINT_DAMAGED.because("The store did not say which chunks hold patches.");
    }

    private void place(BlockBody body, Order order, Order.Range range, PatchedBlocks patched) {
        for (int i = range.from(); i < range.to(); i++) {
            int item = order.item(i);
            if (order.isPatched(i)) {
                int length = patched.make(item, body);
                put(patched.stream(item), patched.number(item), patched.made(), 0, length);
            } else {
                place(body, item);
            }
        }
        arrived.accept(body.bytes().length);
    }

    private void place(BlockBody body, int placement) {
        int at = placements.at(placement);
        if (at + placements.count(placement) > body.blocks()) {
            throw RestoreCode.POINT_DAMAGED.because("The point wants more blocks of a chunk than it has.");
        }
        for (int n = 0; n < placements.count(placement); n++) {
            put(
                    placements.stream(placement),
                    placements.first(placement) + n,
                    body.bytes(),
                    body.offset(at + n),
                    body.length(at + n));
        }
    }

    private void put(int stream, long block, byte[] bytes, int offset, int length) {
        PlannedStream of = plan.streams().get(stream);
        if (of.kind() == StreamKind.MEMORY && length != Block.SIZE) {
            throw RestoreCode.POINT_DAMAGED.because("A page of the point has " + length + " bytes.");
        }
        boolean hole = of.isEntry() && Block.isZero(bytes, offset, length);
        if (!hole) {
            digests.add(stream, BlockDigest.of(block, bytes, offset, length));
            sink(stream).put(block, bytes, offset, length);
        }
    }

    private void zeros(Order order) {
        Order.Range zeros = order.zeros();
        for (int i = zeros.from(); i < zeros.to(); i++) {
            int placement = order.item(i);
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
