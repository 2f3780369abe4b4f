package io.rewind.restore.fetch;

import io.rewind.event.StreamKind;
import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.time.TimeLine;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes over streams of a point: each pours their blocks into their sinks and proves their digests. First come the
 * chunks of patches, which are small and put aside; then, each once, those of whole blocks, be it for their own sake or as
 * bases: a batch at a time to each of several threads. Digests are sums, so the order of arrival does not matter.
 */
public final class Fetch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Fetch.class);

    private final PointSource source;
    private final TimelineId timeline;
    private final PointPlan plan;
    private final PatchShelf shelf;
    private final LongConsumer arrived;

    /**
     * @param folder where patches are put aside in a file that does not stay
     * @param arrived hears of the opened bytes of each chunk that came, from any thread
     */
    public Fetch(PointSource source, TimelineId timeline, PointPlan plan, Path folder, LongConsumer arrived) {
        this.source = source;
        this.timeline = timeline;
        this.plan = plan;
        this.shelf = new PatchShelf(folder);
        this.arrived = arrived;
    }

    /** Brings the patches of some streams, so that passes over them find them. */
    public void bringPatches(Predicate<PlannedStream> wanted) {
        Placements placements = plan.placements();
        Set<ChunkId> patches = IntStream.range(0, placements.size())
                .filter(i -> placements.chunk(i) >= 0)
                .filter(i -> wanted.test(plan.streams().get(placements.stream(i))))
                .mapToObj(i -> plan.chunks().get(placements.chunk(i)))
                .filter(plan.patches()::contains)
                .collect(Collectors.toSet());
        new Patches(source, timeline, shelf, arrived).bring(patches);
    }

    /** @param sinks of a wanted stream, by place in the plan; asked once, when its first block comes, by any thread */
    public void run(Predicate<PlannedStream> wanted, IntFunction<BlockSink> sinks) {
        run(wanted, sinks, Holder.NONE, new TimeLine());
    }

    private Pass pass(Predicate<PlannedStream> wanted, boolean provedChunks) {
        PatchedBlocks patched = new PatchedBlocks(shelf);
        return new Pass(wanted, patched, Order.of(plan, wanted, patched), provedChunks);
    }

    /**
     * Likewise; once a holder is ready, only what it has not is brought. A stream that does not come out, since what was
     * at hand is not what was captured, or the blocks of a chunk are not, is brought once more, by chunks that prove themselves.
     *
     * @param time gets the steps
     */
    public void run(Predicate<PlannedStream> wanted, IntFunction<BlockSink> sinks, Holder holder, TimeLine time) {
        Pass pass = time.of("order", () -> pass(wanted, false));
        Destinations to = new Destinations(plan, sinks);
        fill(pass, holder, to, time);
        Set<PlannedStream> again = new HashSet<>();
        to.unproven(wanted).forEach(i -> {
            log.info("{} is not what was captured; all of it is brought", to.name(i));
            to.startOver(i);
            again.add(plan.streams().get(i));
        });
        if (!again.isEmpty()) {
            time.run("again", () -> again(again, to.anew(), time));
        }
    }

    private void again(Set<PlannedStream> streams, Destinations to, TimeLine time) {
        Pass pass = pass(streams::contains, true);
        fill(pass, Holder.NONE, to, time);
        to.requireProven(pass.wanted());
    }

    /**
     * Memory that comes while processes run that need it: each chunk is proved by its id before they can see a page of it.
     * Zero pages are in their places when this returns. To be done with before this is closed.
     *
     * @param wanted streams of memory
     */
    public LatePass late(Predicate<PlannedStream> wanted, IntFunction<BlockSink> sinks) {
        Pass pass = pass(wanted, true);
        Destinations to = new Destinations(plan, sinks);
        zeros(pass.order(), to);
        return new LatePass(plan, pass, to, () -> new Pour(source, timeline, plan, pass, to, arrived));
    }

    private void fill(Pass pass, Holder holder, Destinations to, TimeLine time) {
        zeros(pass.order(), to);
        time.run("chunks", () -> pour(pass, to, holder::isReady));
        if (!pass.order().isDone()) {
            time.run("at hand", () -> new Handover(plan, pass.order(), pass.patched()).run(holder, to));
            pass.order().goOn();
            time.run("other chunks", () -> pour(pass, to, () -> false));
        }
    }

    private void pour(Pass pass, Destinations to, BooleanSupplier enough) {
        Together.run(
                Together.threads(Math.ceilDiv(pass.order().chunks(), Together.BATCH)),
                () -> new Pour(source, timeline, plan, pass, to, arrived).run(Together.BATCH, enough),
                pass.order()::halt);
    }

    private void zeros(Order order, Destinations to) {
        Placements placements = plan.placements();
        Digests digests = to.digests();
        Order.Range zeros = order.zeros();
        for (int i = zeros.from(); i < zeros.to(); i++) {
            int placement = order.item(i);
            int stream = placements.stream(placement);
            long size = plan.streams().get(stream).size();
            boolean image = plan.streams().get(stream).kind() == StreamKind.IMAGE;
            for (int n = 0; n < placements.count(placement); n++) {
                long block = placements.first(placement) + n;
                int length = image ? (int) Math.min(Block.SIZE, size - block * Block.SIZE) : Block.SIZE;
                to.zero(stream, block, length, digests);
            }
        }
        to.add(digests);
    }

    /** The patches are gone. */
    @Override
    public void close() {
        shelf.close();
    }
}
