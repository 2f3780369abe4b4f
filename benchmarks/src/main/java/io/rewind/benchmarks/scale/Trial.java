package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.cli.output.Terminal;

/**
 * How thoroughly, and where progress is shown.
 *
 * @param quick few points and short stretches
 */
public record Trial(Terminal terminal, boolean quick) {

    /** @param settings HOCON for the node; users get the defaults, so should a benchmark */
    Bench open(String settings) {
        return Bench.open(terminal, settings);
    }

    int points() {
        return quick ? 3 : 5;
    }
}
