package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.OpenedChunk;
import io.rewind.restore.points.PointSource;
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
    private final Row row;
    private final LongConsumer arrived;

    Pour(PointSource source, TimelineId timeline, PointPlan plan, Pass pass, Destinations to, LongConsumer arrived) {
        this.source = source;
        this.timeline = timeline;
        this.placements = plan.placements();
        this.order = pass.order();
        this.proved = pass.provedChunks();
        this.patched = pass.patched();
        this.layers = patched.layers();
        this.to = to;
        this.digests = to.digests();
        this.row = new Row(to);
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
        end();
    }

    private List<Order.Range> next(int most, BooleanSupplier enough) {
        if (enough.getAsBoolean()) {
            order.halt();
        }
        return order.next(most);
    }

    /** What it placed counts. */
    void end() {
        to.add(digests);
    }

    /** Chunks that were taken for this. */
    void bring(List<Order.Range> batch) {
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
            order.arrived(range);
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

    /** As the blocks lie in the point, so that most follow the one before. */
    private void place(BlockBody body, Order.Range range) {
        int whole = range.from();
        int patches = whole;
        while (patches < range.to() && !order.isPatched(patches)) {
            patches++;
        }
        int wholeEnd = patches;
        while (whole < wholeEnd || patches < range.to()) {
            if (patches == range.to() || (whole < wholeEnd && isBefore(order.item(whole), order.item(patches)))) {
                place(body, order.item(whole++));
            } else {
                placeMade(body, order.item(patches++));
            }
        }
        row.end();
        arrived.accept(body.bytes().length);
    }

    private boolean isBefore(int placement, int patchedBlock) {
        int stream = placements.stream(placement);
        int other = patched.stream(patchedBlock);
        return stream == other ? placements.first(placement) < patched.number(patchedBlock) : stream < other;
    }

    private void placeMade(BlockBody bases, int block) {
        int stream = patched.stream(block);
        long number = patched.number(block);
        int at = row.room(stream, number);
        keep(stream, number, at, patched.make(block, bases, layers, row.bytes(), at));
    }

    private void place(BlockBody body, int placement) {
        int first = placements.at(placement);
        int count = placements.count(placement);
        if (first + count > body.blocks()) {
            throw RestoreCode.POINT_DAMAGED.because("The point wants more blocks of a chunk than it has.");
        }
        int stream = placements.stream(placement);
        for (int n = 0; n < count; n++) {
            long number = placements.first(placement) + n;
            int length = body.length(first + n);
            int at = row.room(stream, number);
            System.arraycopy(body.bytes(), body.offset(first + n), row.bytes(), at, length);
            keep(stream, number, at, length);
        }
    }

    private void keep(int stream, long block, int at, int length) {
        if (to.count(stream, block, row.bytes(), at, length, digests)) {
            row.keep(length);
        }
    }
}
