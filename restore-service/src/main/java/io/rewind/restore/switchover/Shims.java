package io.rewind.restore.switchover;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that containerd has for each container, {@code containerd-shim-runc-v2 -id ID}, also while it cleans up
 * after one: an answer of the engine may come before that is over, and what is started under the same id meanwhile is
 * cleaned up with the rest.
 */
final class Shims {
    private static final Logger log = LoggerFactory.getLogger(Shims.class);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private Shims() {}

    /** Of a container that does not run. Returns in any case: what holds out longer than containerd's own limits stays. */
    static void awaitGone(String container) {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (isThere(container)) {
            if (System.nanoTime() > until) {
                log.warn("{}: the engine does not come to an end with what it ran before", container);
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean isThere(String container) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .anyMatch(line -> line.contains("containerd-shim") && line.contains("-id " + container));
    }
}
