package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.plan.PointPlan;
import io.rewind.runtime.process.PageRanges;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Gatherers;

/**
 * A pass over memory of which some is needed at once and the rest some time. What failed once has failed for good, for everybody.
 * Thread-safe.
 */
public final class LatePass {
    /** Chunks of one question: whoever needs the last of them now waits for those before it. */
    private static final int BATCH = 8;

    /** Has no pages. */
    private static final int NONE = -1;

    private final Pass pass;
    private final Destinations to;
    private final Supplier<Pour> pours;
    private final ChunkIndex index;
    private final Map<String, Integer> streams = new HashMap<>();
    /** Held to read by those that bring something out of turn. */
    private final ReadWriteLock outOfTurn = new ReentrantReadWriteLock();

    private Optional<RuntimeException> failure = Optional.empty();

    /** @param pours makes one for a thread */
    LatePass(PointPlan plan, Pass pass, Destinations to, Supplier<Pour> pours) {
        this.pass = pass;
        this.to = to;
        this.pours = pours;
        this.index = new ChunkIndex(plan, pass);
        for (int i = 0; i < plan.streams().size(); i++) {
            PlannedStream stream = plan.streams().get(i);
            if (pass.wanted().test(stream)) {
                streams.put(stream.text(), i);
            }
        }
    }

    /**
     * These pages are in their places when this returns: brought by the calling thread, or by whoever was about to.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_DAMAGED when the point does not have them; why the pass failed
     */
    public void bring(String space, PageRanges pages) {
        guarded(() -> {
            BitSet chunks = chunks(space, pages);
            outOfTurn.readLock().lock();
            try {
                pour(pass.order().take(chunks));
            } finally {
                outOfTurn.readLock().unlock();
            }
            requireCame(pass.order().await(chunks));
        });
    }

    private BitSet chunks(String space, PageRanges pages) {
        BitSet chunks = new BitSet();
        int stream = streams.getOrDefault(space, NONE);
        for (int i = 0; i < pages.stretches(); i++) {
            index.add(stream, pages.first(i), pages.end(i), chunks);
        }
        return chunks;
    }

    private void pour(List<Order.Range> ranges) {
        if (ranges.isEmpty()) {
            return;
        }
        Together.share(ranges.stream().gather(Gatherers.windowFixed(BATCH)).toList(), batches -> {
            Pour pour = pours.get();
            for (List<Order.Range> some = batches.poll(); some != null; some = batches.poll()) {
                pour.bring(some);
            }
            pour.end();
        });
    }

    /**
     * All pages are in their places when this returns, and proved together.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_DAMAGED when they are not what was captured; why the pass failed
     */
    public void rest() {
        guarded(() -> {
            Order order = pass.order();
            Together.run(
                    Together.threads(Math.ceilDiv(order.chunks(), BATCH)),
                    () -> pours.get().run(BATCH, () -> false),
                    order::halt);
            outOfTurn.writeLock().lock();
            try {
                requireCame(order.allArrived());
                to.requireProven(pass.wanted());
            } finally {
                outOfTurn.writeLock().unlock();
            }
        });
    }

    private void requireCame(boolean came) {
        if (!came) {
            throw failure().orElseGet(() -> RestoreCode.INTERRUPTED.because("The memory was not needed any longer."));
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            fail(Optional.of(e));
            throw e;
        } catch (Error e) {
            fail(Optional.of(RestoreCode.INTERNAL.because("Something unforeseen went wrong: " + e, e)));
            throw e;
        }
    }

    /** Nothing comes any more; whoever waits for something ends soon. */
    public void giveUp() {
        fail(Optional.empty());
    }

    private void fail(Optional<RuntimeException> why) {
        synchronized (this) {
            failure = failure.or(() -> why);
        }
        pass.order().giveUp();
    }

    /** What made it fail. */
    public synchronized Optional<RuntimeException> failure() {
        return failure;
    }
}
