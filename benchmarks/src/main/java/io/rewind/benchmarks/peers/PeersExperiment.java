package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.figure.Report;
import io.rewind.cli.output.Terminal;

/**
 * Both trials and their page.
 *
 * @param points of the redis trial
 * @param quick small and seldom
 */
public record PeersExperiment(int points, boolean quick) {
    private static final int LARGE = 1024;
    private static final int SMALL = 128;

    public Report run(Terminal terminal) {
        Trial redis = new RedisTrial(points, quick ? 1 : 3).run(terminal);
        Trial writing = writing(terminal);
        terminal.clear();
        return new PeersReport(redis, writing, mebibytes()).page(terminal);
    }

    /** Only that with a large memory, which takes some minutes: its times, and what went wrong. */
    public String large(Terminal terminal) {
        Trial writing = writing(terminal);
        terminal.clear();
        return PeersReport.times("peers-writing", writing).text() + "\n"
                + String.join("\n", PeersReport.failures(mebibytes() + " MiB", writing));
    }

    private int mebibytes() {
        return quick ? SMALL : LARGE;
    }

    private Trial writing(Terminal terminal) {
        // The first point of each stands apart.
        return (quick ? new WritingTrial(mebibytes(), 3, 3) : new WritingTrial(mebibytes(), 6, 4)).run(terminal);
    }
}
