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
        int mebibytes = quick ? SMALL : LARGE;
        Trial redis = new RedisTrial(points, quick ? 1 : 3).run(terminal);
        // The first point of each stands apart.
        Trial writing = (quick ? new WritingTrial(mebibytes, 3, 3) : new WritingTrial(mebibytes, 6, 4)).run(terminal);
        terminal.clear();
        return new PeersReport(redis, writing, mebibytes).page(terminal);
    }
}
