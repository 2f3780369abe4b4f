package io.rewind.restore.request;

import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.Fault;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats what must be done while the engine is away, for instance killed: until then nothing else would do it. */
final class EngineBack {
    private static final Logger log = LoggerFactory.getLogger(EngineBack.class);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private EngineBack() {}

    /** @param step may be done again from its beginning */
    static <T> T await(Supplier<T> step) {
        long until = System.nanoTime() + LIMIT.toNanos();
        boolean said = false;
        while (true) {
            try {
                return step.get();
            } catch (Fault e) {
                if (e.code() != RestoreCode.ENGINE_UNREACHABLE || System.nanoTime() > until) {
                    throw e;
                }
                if (!said) {
                    log.warn("waiting for the engine: {}", e.sentence());
                    said = true;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    static void await(Runnable step) {
        boolean _ = await(() -> {
            step.run();
            return true;
        });
    }
}
