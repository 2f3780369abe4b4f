package io.rewind.capture.freeze;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.criu.CriuVersion;
import io.rewind.criu.PageServerClose;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.process.TaskTree;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * One CRIU process that stops a container, waits, and lets it run on. When the container is paused by {@code docker pause}
 * meanwhile, the dump is given up at once: its CRIU goes on when the container does, and nobody else has to wait for that.
 */
final class Dump {
    private static final long POLL_NANOS = 300_000;
    private static final Duration PAUSE_POLL = Duration.ofMillis(50);

    private final Container container;
    private final Pause pause;
    private final Process criu;
    private final CriuVersion version;
    private final InetSocketAddress server;
    private boolean givenUp;

    Dump(Container container, Pause pause, Process criu, CriuVersion version, InetSocketAddress server) {
        this.container = container;
        this.pause = pause;
        this.criu = criu;
        this.version = version;
        this.server = server;
    }

    /** Start of a freeze on both clocks. */
    record Frozen(Instant at, long nanoTime) {
        static Frozen now() {
            return new Frozen(Instant.now(), System.nanoTime());
        }
    }

    /** Waits until CRIU says that everything stands still, or ends; returns when the first task was seen stopped. */
    Frozen awaitStop() throws IOException {
        Frozen since = Frozen.now();
        long look = since.nanoTime();
        boolean stopped = false;
        while (criu.getInputStream().available() == 0 && criu.isAlive()) {
            Frozen before = Frozen.now();
            if (!stopped) {
                stopped = TaskTree.isStopped(container.pid());
                // Until then it ran: the last look before it was seen stopped bounds the freeze from above.
                since = before;
            }
            if (before.nanoTime() - look > PAUSE_POLL.toNanos()) {
                look = before.nanoTime();
                giveUpIfPaused();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return since;
    }

    /** CRIU's word; false when it ended without it. */
    boolean stands() throws IOException {
        return criu.getInputStream().read() == 0;
    }

    /** Lets the container run on. */
    void letGo() {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(server);
            ByteBuffer message = PageServerClose.message(version);
            while (message.hasRemaining()) {
                channel.write(message);
            }
        } catch (IOException e) {
            // Then CRIU is gone, and with it the freeze.
            criu.destroy();
        }
    }

    /**
     * Waits until CRIU has ended; its exit code.
     *
     * @throws Fault CONTAINER_PAUSED
     */
    int await() {
        try {
            while (!criu.waitFor(PAUSE_POLL)) {
                giveUpIfPaused();
            }
            return criu.exitValue();
        } catch (InterruptedException e) {
            criu.destroy();
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** @throws Fault CONTAINER_PAUSED */
    void giveUpIfPaused() {
        if (pause.holds()) {
            givenUp = true;
            criu.destroy();
            throw new Fault(
                    CaptureFault.CONTAINER_PAUSED,
                    Severity.RETRYABLE,
                    container.name() + " was paused while it was being captured");
        }
    }

    /** Whether CRIU may still be there, for as long as the container is paused. */
    boolean givenUp() {
        return givenUp;
    }

    /** Runs {@code work} when CRIU has ended. */
    void atEnd(Runnable work) {
        CompletableFuture<Void> _ = criu.onExit().thenRun(work);
    }
}
