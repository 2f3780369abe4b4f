package io.rewind.restore.fetch;

import io.rewind.event.StreamKind;
import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PointPlan;
import io.rewind.runtime.process.PageGatherer;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes from a holder what it has of all that an order has left. A row of blocks of one chunk is taken whole or brought
 * whole: a chunk of which anything is needed comes in any case.
 */
final class Handover {
    private final PointPlan plan;
    private final Order order;
    private final PatchedBlocks patched;
    private final Map<Integer, PageGatherer> wanted = new HashMap<>();
    private final Map<Integer, PageGatherer> kept = new HashMap<>();
    private final Map<Integer, Held> held = new HashMap<>();

    Handover(PointPlan plan, Order order, PatchedBlocks patched) {
        this.plan = plan;
        this.order = order;
        this.patched = patched;
    }

    void run(Holder holder, Destinations to) {
        order.remaining(entry -> {
            if (plan.streams().get(stream(entry)).kind() == StreamKind.MEMORY) {
                gather(wanted, entry);
            }
        });
        wanted.forEach((stream, blocks) -> held.put(stream, to.take(holder, stream, blocks.build())));
        order.keep(entry -> {
            boolean here =
                    held.getOrDefault(stream(entry), Held.NOTHING).blocks().covers(first(entry), end(entry));
            if (here) {
                gather(kept, entry);
            }
            return !here;
        });
        Digests digests = to.digests();
        kept.forEach(
                (stream, blocks) -> to.keep(stream, blocks.build(), held.getOrDefault(stream, Held.NOTHING), digests));
        to.add(digests);
    }

    private void gather(Map<Integer, PageGatherer> into, int entry) {
        into.computeIfAbsent(stream(entry), _ -> new PageGatherer()).add(first(entry), end(entry));
    }

    private int stream(int entry) {
        int item = order.item(entry);
        return order.isPatched(entry) ? patched.stream(item) : placements().stream(item);
    }

    private long first(int entry) {
        int item = order.item(entry);
        return order.isPatched(entry) ? patched.number(item) : placements().first(item);
    }

    private long end(int entry) {
        return first(entry) + (order.isPatched(entry) ? 1 : placements().count(order.item(entry)));
    }

    private Placements placements() {
        return plan.placements();
    }
}
