package io.rewind.cli.stand;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;

/** Between two looks at something. */
public final class Pause {
    private Pause() {}

    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(StandFault.INTERRUPTED, Severity.REJECTED, "interrupted", e);
        }
    }
}
