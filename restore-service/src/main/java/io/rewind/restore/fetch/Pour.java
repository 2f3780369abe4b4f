package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.OpenedChunk;
import io.rewind.restore.points.PointSource;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** What one thread does of a pass: takes batches of chunks from the order until none is left. */
final class Pour {
    private final PointSource source;
    private final TimelineId timeline;
    private final Placements placements;
    private final Order order;
    private final boolean proved;
    private final PatchedBlocks patched;
    private final Layers layers;
    private final Destinations to;
    private final Digests digests;
    private final LongConsumer arrived;
    private final byte[] made = new byte[Block.SIZE];

    Pour(PointSource source, TimelineId timeline, PointPlan plan, Pass pass, Destinations to, LongConsumer arrived) {
        this.source = source;
        this.timeline = timeline;
        this.placements = plan.placements();
        this.order = pass.order();
        this.proved = pass.isOfProvedChunks();
        this.patched = pass.patched();
        this.layers = patched.layers();
        this.to = to;
        this.digests = to.digests();
        this.arrived = arrived;
    }

    /**
     * @param most chunks to ask for at a time
     * @param enough whether to leave the rest for later
     */
    void run(int most, BooleanSupplier enough) {
        List<Order.Range> batch = next(most, enough);
        while (!batch.isEmpty()) {
            bring(batch);
            batch = next(most, enough);
        }
        to.add(digests);
    }

    private List<Order.Range> next(int most, BooleanSupplier enough) {
        if (enough.getAsBoolean()) {
            order.halt();
        }
        return order.next(most);
    }

    private void bring(List<Order.Range> batch) {
        Map<ChunkId, Order.Range> missing = new HashMap<>();
        Map<ChunkId, BitSet> wanted = new HashMap<>();
        batch.forEach(range -> {
            missing.put(order.chunk(range), range);
            wanted.put(order.chunk(range), blocks(range));
        });
        Consumer<OpenedChunk> taker = chunk -> {
            Order.Range range = missing.remove(chunk.id());
            if (range == null) {
                throw RestoreCode.POINT_DAMAGED.because("The store sent a chunk that was not asked for.");
            }
            place(whole(chunk.body()), range);
        };
        if (proved) {
            source.chunks(timeline, List.copyOf(wanted.keySet()), taker);
        } else {
            source.blocks(timeline, wanted, taker);
        }
        if (!missing.isEmpty()) {
            throw RestoreCode.POINT_DAMAGED.because("The store lacks " + missing.size() + " chunks of the point.");
        }
    }

    private BitSet blocks(Order.Range range) {
        BitSet blocks = new BitSet();
        for (int i = range.from(); i < range.to(); i++) {
            int item = order.item(i);
            int first = order.isPatched(i) ? patched.base(item) : placements.at(item);
            int count = order.isPatched(i) ? 1 : placements.count(item);
            if (first < 0 || first > ChunkBody.MAX_BLOCKS - count) {
                throw RestoreCode.POINT_DAMAGED.because("The point wants more blocks of a chunk than there can be.");
            }
            blocks.set(first, first + count);
        }
        return blocks;
    }

    private static BlockBody whole(ChunkBody body) {
        if (body instanceof BlockBody whole) {
            return whole;
        }
        throw RestoreCode.POINT_DAMAGED.because("The store did not say which chunks hold patches.");
    }

    private void place(BlockBody body, Order.Range range) {
        for (int i = range.from(); i < range.to(); i++) {
            int item = order.item(i);
            if (order.isPatched(i)) {
                placeMade(item, patched.make(item, body, layers, made));
            } else {
                place(body, item);
            }
        }
        arrived.accept(body.bytes().length);
    }

    private void placeMade(int item, int length) {
        int stream = patched.stream(item);
        long block = patched.number(item);
        if (to.count(stream, block, made, 0, length, digests)) {
            to.put(stream, block, made, 0, length);
        }
    }

    /** The blocks of a placement lie one after another here as there: as many as possible go at once. */
    private void place(BlockBody body, int placement) {
        int stream = placements.stream(placement);
        long first = placements.first(placement);
        int at = placements.at(placement);
        int count = placements.count(placement);
        if (at + count > body.blocks()) {
            throw RestoreCode.POINT_DAMAGED.because("The point wants more blocks of a chunk than it has.");
        }
        int waiting = 0;
        for (int n = 0; n < count; n++) {
            if (!to.count(stream, first + n, body.bytes(), body.offset(at + n), body.length(at + n), digests)) {
                putTogether(body, stream, first, at, waiting, n);
                waiting = n + 1;
            }
        }
        putTogether(body, stream, first, at, waiting, count);
    }

    private void putTogether(BlockBody body, int stream, long first, int at, int from, int until) {
        if (from < until) {
            int start = body.offset(at + from);
            int end = body.offset(at + until - 1) + body.length(at + until - 1);
            to.put(stream, first + from, body.bytes(), start, end - start);
        }
    }
}
