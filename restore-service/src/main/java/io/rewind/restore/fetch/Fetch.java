package io.rewind.restore.fetch;

import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.PointSource;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.id.TimelineId;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * One pass over some streams of a point: pours their blocks into their sinks and proves their digests. First come the
 * chunks of patches, which are small and put aside; then, each once, those of whole blocks, be it for their own sake or as
 * bases: a batch at a time to each of several threads. Digests are sums, so the order of arrival does not matter.
 */
public final class Fetch {
    private Fetch() {}

    /**
     * @param folder where patches are put aside in a file that does not stay
     * @param sinks of a wanted stream, by place in the plan; asked once, when its first block comes, by any thread
     * @param arrived hears of the opened bytes of each chunk that came, from any thread
     */
    public static void run(
            PointSource source,
            TimelineId timeline,
            PointPlan plan,
            Path folder,
            Predicate<PlannedStream> wanted,
            IntFunction<BlockSink> sinks,
            LongConsumer arrived) {
        Destinations to = new Destinations(plan, sinks);
        try (PatchedBlocks patched = new PatchedBlocks(folder)) {
            Order order = Order.of(plan, wanted, patched, ids -> patched.bring(source, timeline, ids, arrived));
            zeros(plan, order, to);
            Together.run(
                    Together.threads(Math.ceilDiv(order.chunks(), Together.BATCH)),
                    () -> new Pour(source, timeline, plan, order, patched, to, arrived).run(Together.BATCH),
                    order::stop);
        }
        for (int i = 0; i < plan.streams().size(); i++) {
            if (wanted.test(plan.streams().get(i)) && !to.isProven(i)) {
                throw RestoreCode.POINT_DAMAGED.because(
                        "The " + plan.streams().get(i).kind() + " stream \""
                                + PosixPath.display(plan.streams().get(i).name())
                                + "\" of the point is not what was captured.");
            }
        }
    }

    private static void zeros(PointPlan plan, Order order, Destinations to) {
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
}
