package io.rewind.restore.request;

import io.rewind.restore.late.LateMemory;
import io.rewind.restore.pages.PageServer;
import io.rewind.restore.rebuild.LateRebuild;
import io.rewind.runtime.fault.Fault;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a clone its memory from the store while it runs: first what it waits for, meanwhile all else. When it fails, or ends
 * too early, the clone is killed.
 */
final class MemoryFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MemoryFeed.class);

    private final LateRebuild memory;
    private final PageServer server;
    private CompletableFuture<Void> rest = CompletableFuture.completedFuture(null);
    private volatile Optional<Throwable> failed = Optional.empty();

    private MemoryFeed(LateRebuild memory, PageServer server) {
        this.memory = memory;
        this.server = server;
    }

    /** @param clone its id; only its own daemon may ask for the memory */
    static MemoryFeed open(LateRebuild memory, LateMemory arrivals, String clone) {
        try {
            return new MemoryFeed(
                    memory, PageServer.open(memory, () -> arrivals.daemons(clone), () -> arrivals.kill(clone)));
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    /** Where the clone's daemon asks, on this host's loopback. */
    int port() {
        return server.port();
    }

    /** Begins with all that nobody waits for. */
    void bringRest() {
        Executor own =
                work -> Thread.ofPlatform().daemon().name("memory-" + port()).start(work);
        rest = CompletableFuture.runAsync(this::bring, own);
    }

    private void bring() {
        try {
            memory.rest();
        } catch (RuntimeException | Error e) {
            log.warn("the rest of a clone's memory does not come", e);
            failed = Optional.of(e);
            server.fail();
        }
    }

    /** Waits until all of it is here and proved, or never will be. Returns whether it is. */
    boolean isWhole() {
        rest.join();
        return failure().isEmpty();
    }

    /** A sentence: why not all of it will come. */
    Optional<String> failure() {
        return memory.failure()
                .<Throwable>map(e -> e)
                .or(() -> failed)
                .map(e -> e instanceof Fault fault ? fault.sentence() : e.toString());
    }

    /** Nothing is at work for it any more when this returns. */
    @Override
    public void close() {
        memory.giveUp();
        server.close();
        boolean _ = isWhole();
        memory.close();
    }
}
