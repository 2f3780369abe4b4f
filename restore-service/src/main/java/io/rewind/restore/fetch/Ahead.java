package io.rewind.restore.fetch;

import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.time.TimeLine;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;

/** A pass that is prepared while another one runs: bringing patches is mostly waiting, a round for each of their layers. */
public final class Ahead implements AutoCloseable {
    private final FutureTask<Pass> preparing;

    private Ahead(FutureTask<Pass> preparing) {
        this.preparing = preparing;
    }

    /** Begins at once. */
    public static Ahead of(Fetch fetch, Predicate<PlannedStream> wanted, TimeLine time) {
        FutureTask<Pass> preparing = new FutureTask<>(() -> fetch.prepare(wanted, time));
        Thread.ofPlatform().name("fetch-ahead").daemon().start(preparing);
        return new Ahead(preparing);
    }

    /** Waits for it; throws what kept it from being prepared. */
    public Pass pass() {
        return Together.result(preparing);
    }

    /** Of what was prepared nothing stays. */
    @Override
    public void close() {
        try {
            pass().close();
        } catch (RuntimeException e) {
            // There is nothing to close then; whoever wanted the pass was told, or has a failure of its own.
        }
    }
}
