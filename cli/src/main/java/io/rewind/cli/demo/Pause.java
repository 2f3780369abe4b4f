package io.rewind.cli.demo;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;

/** Between two looks at something. */
final class Pause {
    private Pause() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(DemoFault.INTERRUPTED, Severity.REJECTED, "interrupted", e);
        }
    }
}
