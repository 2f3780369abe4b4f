package io.rewind.restore.switchover;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.late.LateStart;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.connection.ConnectionChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a container from images and makes sure that it lives. */
public final class Starter {
    private static final Logger log = LoggerFactory.getLogger(Starter.class);

    private final Engine engine;
    private final Pending pending;
    private final LateStart late;
    private final Duration settle;

    /** @param settle how long the restored processes must live before the restore counts */
    public Starter(Engine engine, Pending pending, LateStart late, Duration settle) {
        this.engine = engine;
        this.pending = pending;
        this.late = late;
        this.settle = settle;
    }

    Engine engine() {
        return engine;
    }

    Pending pending() {
        return pending;
    }

    /** Leaves the restore to the next {@link #start}, after which memory may still come. */
    void prepare(String container, Path images) {
        put(container, images, Starter::chosen, MemoryChoice.fromImages(late.suits(images)));
    }

    /**
     * The same of a clone: it has an address of its own, where none of the connections ends.
     *
     * @param pageServer that has what the images do not have
     */
    void prepareClone(String container, Path images, OptionalInt pageServer) {
        MemoryChoice memory =
                pageServer.isPresent() ? MemoryChoice.served(pageServer) : MemoryChoice.fromImages(late.suits(images));
        put(container, images, _ -> ConnectionChoice.CLOSE, memory);
    }

    /** Whether memory may come after the start of what is in these images, which need no pages yet. */
    boolean suitsLate(Path images) {
        return late.suits(images);
    }

    /** Leaves the restore to the next {@link #start}, after which nothing is needed of the images. */
    void prepareWhole(String container, Path images) {
        put(container, images, Starter::chosen, MemoryChoice.fromImages(false));
    }

    private static ConnectionChoice chosen(Inspected container) {
        return ConnectionChoice.of(container.label(ConnectionChoice.LABEL).orElse(""));
    }

    private void put(
            String container, Path images, Function<Inspected, ConnectionChoice> connections, MemoryChoice memory) {
        Optional<Inspected> described = engine.inspect(container);
        OwnCgroup.rewrite(images, container);
        pending.put(
                container,
                images,
                described.map(Inspected::ownNetwork).orElse(true),
                described.map(connections).orElse(ConnectionChoice.CLOSE),
                memory);
    }

    /** @throws Fault RESTORE_FAILED with CRIU's errors; the restore is no longer pending then. ENGINE_UNREACHABLE */
    void start(String container) {
        try {
            try {
                engine.start(container);
            } catch (Fault e) {
                // Nothing has run yet: what failed may be just that its memory was to come later. An engine that does
                // not answer may still be at it.
                if (e.code() != RestoreCode.ENGINE_REFUSED || !pending.notLate(container)) {
                    throw e;
                }
                log.warn("{} is started with all of its memory: {}", container, e.sentence());
                startAnew(container);
            }
            requireRestored(container);
        } catch (Fault e) {
            throw failed(container, e);
        }
    }

    /** Of a container that was started before, or was to be: nothing is left of that when it starts. */
    void startAnew(String container) {
        if (engine.inspect(container).filter(Inspected::running).isEmpty()) {
            Shims.awaitGone(container);
        }
        engine.start(container);
    }

    /** @throws Fault RESTORE_FAILED when it ends at once */
    void requireLasting(String container) {
        long until = System.nanoTime() + settle.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        try {
            requireRestored(container);
        } catch (Fault e) {
            throw failed(container, e);
        }
    }

    private Fault failed(String container, Fault e) {
        if (e.code() == RestoreCode.ENGINE_UNREACHABLE) {
            // Not known: it may run, or run soon.
            return e;
        }
        Optional<String> error = pending.error(container);
        pending.clear(container);
        return RestoreCode.RESTORE_FAILED.because(
                "The processes could not be brought back: " + error.orElse(e.sentence()), e);
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
