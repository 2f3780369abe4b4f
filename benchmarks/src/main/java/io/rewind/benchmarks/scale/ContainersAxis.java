package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.Bench;
import java.time.Duration;
import java.util.List;

/** How many containers are captured. */
final class ContainersAxis implements Axis {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration LENGTH = Duration.ofSeconds(40);
    private static final Duration QUICK_LENGTH = Duration.ofSeconds(10);

    @Override
    public Profile profile() {
        return new Profile(
                "containers",
                "Number of containers",
                "containers",
                Unit.COUNT,
                """
                        Small containers (4 MiB, 1 % of the pages written every half second), each watched at 5 s, on one node,
                        over some time after each has its first point. The agent captures a few containers at once, the
                        others wait for their turn; what is left out because the one before took too long is a gap (BEHIND),
                        and one gap may stand for several points left out. The node's
                        CPU is all of it, also what it takes while nothing is captured. A point at an end of the stretch may count
                        or not: up to one a container.""",
                Stretch.HEADINGS,
                List.of(
                        new Picture(
                                "points",
                                "Points by number of containers",
                                "points",
                                Amount.COUNT,
                                List.of(Stretch.DUE, Stretch.MADE)),
                        new Picture(
                                "time",
                                "Freeze and delay by number of containers",
                                "time",
                                Amount.MILLIS,
                                List.of(PointFigures.FREEZE, PointFigures.RESTORABLE, PointFigures.CPU)),
                        new Picture(
                                "cpu",
                                "CPU of the node by number of containers",
                                "of one processor",
                                Amount.PERCENT,
                                List.of(Stretch.SHARE))));
    }

    @Override
    public List<Double> values(boolean quick) {
        return quick ? List.of(1.0, 5.0) : List.of(1.0, 5.0, 10.0, 20.0, 50.0);
    }

    @Override
    public void measure(double value, Trial trial, Figures figures) {
        try (Bench bench = trial.open("")) {
            Fleet fleet = Fleet.start(bench, (int) value, trial.terminal());
            fleet.watch(INTERVAL, trial.quick() ? QUICK_LENGTH : LENGTH).tell(figures);
        }
    }
}
