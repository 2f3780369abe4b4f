package io.rewind.store.collect;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.fault.StoreFault;
import java.util.concurrent.TimeUnit;

/** Holds one thread to so many bytes a second. */
final class Pace {
    private static final long SECOND = 1_000_000_000;
    /** Shorter pauses are saved up. */
    private static final long LEAST = 10_000_000;

    private final long bytesPerSecond;
    private long earliest = System.nanoTime();

    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until there is time for them. @throws Fault STORE_CLOSING when interrupted */
    void took(long bytes) {
        long now = System.nanoTime();
        earliest = Math.max(earliest, now) + bytes * SECOND / bytesPerSecond;
        if (earliest - now < LEAST) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(earliest - now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(StoreFault.STORE_CLOSING, Severity.RETRYABLE, "the store is being closed", e);
        }
    }
}
