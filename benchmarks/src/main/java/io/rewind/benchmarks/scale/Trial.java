package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.output.Terminal;
import io.rewind.runtime.fault.Fault;

/**
 * How thoroughly, and where progress is shown.
 *
 * @param quick few points and short stretches
 * @param sizes of each axis at most, the smallest
 */
public record Trial(Terminal terminal, boolean quick, int sizes) {
    private static final int WARM = 3;

    /** @param settings HOCON for the node; users get the defaults, so should a benchmark */
    Bench open(String settings) {
        return Bench.open(terminal, settings);
    }

    /** A small container is captured a few times and removed: cold code has nothing to do with size. */
    void warm(Bench bench) {
        Subject subject = Subject.start(Workloads.small(), bench.cleanup());
        for (int i = 0; i < WARM; i++) {
            try {
                bench.capture(subject.name());
            } catch (Fault e) {
                // It has warmed the code all the same.
            }
        }
        subject.remove();
    }

    int points() {
        return quick ? 3 : 5;
    }
}
