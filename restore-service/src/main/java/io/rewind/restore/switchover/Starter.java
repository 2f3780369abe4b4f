package io.rewind.restore.switchover;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.engine.Inspected;
import io.rewind.runtime.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Starts a container from images and makes sure that it lives. */
public final class Starter {
    private final Engine engine;
    private final Pending pending;
    private final Duration settle;

    /** @param settle how long the restored processes must live before the restore counts */
    public Starter(Engine engine, Pending pending, Duration settle) {
        this.engine = engine;
        this.pending = pending;
        this.settle = settle;
    }

    Engine engine() {
        return engine;
    }

    Pending pending() {
        return pending;
    }

    /** Leaves the restore to the next {@link #start}. */
    void prepare(String container, Path images) {
        boolean ownNetwork =
                engine.inspect(container).map(Inspected::ownNetwork).orElse(true);
        OwnCgroup.rewrite(images, container);
        pending.put(container, images, ownNetwork);
    }

    /** @throws Fault RESTORE_FAILED with CRIU's last error; the restore is no longer pending then */
    void start(String container) {
        try {
            engine.start(container);
            requireRestored(container);
            long until = System.nanoTime() + settle.toNanos();
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
            requireRestored(container);
        } catch (Fault e) {
            Optional<String> error = pending.error(container);
            pending.clear(container);
            throw RestoreCode.RESTORE_FAILED.because(
                    "The processes could not be brought back: " + error.orElse(e.sentence()), e);
        }
    }

    /** Whether the container runs and what runs is the restored one. */
    boolean restored(String container) {
        return !pending.waits(container)
                && engine.inspect(container)
                        .filter(c -> c.running() && !c.paused())
                        .isPresent();
    }

    private void requireRestored(String container) {
        if (pending.waits(container)) {
            throw RestoreCode.RESTORE_FAILED.because(
                    "the engine started it without its runtime \"rewind\"; is that registered?");
        }
        if (!restored(container)) {
            throw RestoreCode.RESTORE_FAILED.because("they ended at once; see `docker logs`");
        }
    }
}
