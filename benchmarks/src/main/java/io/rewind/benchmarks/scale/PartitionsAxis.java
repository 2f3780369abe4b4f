package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.Bench;
import java.time.Duration;
import java.util.List;

/** How many partitions the topics have that carry timelines. */
final class PartitionsAxis implements Axis {
    private static final int CONTAINERS = 24;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LENGTH = Duration.ofSeconds(40);
    private static final Duration QUICK_LENGTH = Duration.ofSeconds(10);

    @Override
    public Profile profile() {
        return new Profile(
                "partitions",
                "Number of partitions",
                "partitions",
                Unit.COUNT,
                """
                        24 small containers, each watched at 1 s, more than a node of two processors can follow, on topics
                        with this many partitions. A timeline lives in one partition, and a partition has one thread in the
                        encoder and one database in the store: more partitions help only where these are what everything waits
                        for, and more processors than the captures need are there.""",
                Stretch.HEADINGS,
                List.of(
                        new Picture(
                                "points",
                                "Points per second by number of partitions",
                                "points",
                                Amount.PER_SECOND,
                                List.of(Stretch.RATE)),
                        new Picture(
                                "time",
                                "Freeze and delay by number of partitions",
                                "time",
                                Amount.MILLIS,
                                List.of(PointFigures.FREEZE, PointFigures.RESTORABLE, PointFigures.CPU))));
    }

    @Override
    public List<Double> values(boolean quick) {
        return quick ? List.of(1.0, 4.0) : List.of(1.0, 2.0, 4.0);
    }

    @Override
    public void measure(double value, Trial trial, Figures figures) {
        try (Bench bench = trial.open("rewind.node.partitions = " + (int) value)) {
            Fleet fleet = Fleet.start(bench, CONTAINERS, trial.terminal());
            fleet.watch(INTERVAL, trial.quick() ? QUICK_LENGTH : LENGTH).tell(figures);
        }
    }
}
