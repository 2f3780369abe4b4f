package io.rewind.benchmarks.scale;

import static io.rewind.benchmarks.scale.PointFigures.CPU;
import static io.rewind.benchmarks.scale.PointFigures.DELTA;
import static io.rewind.benchmarks.scale.PointFigures.FREEZE;
import static io.rewind.benchmarks.scale.PointFigures.FULL;
import static io.rewind.benchmarks.scale.PointFigures.RESTORABLE;
import static io.rewind.benchmarks.scale.PointFigures.STALL;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workloads;
import java.util.List;

/** How much of a container's memory is written. */
final class WrittenAxis implements Axis {
    private static final int MEBIBYTES = 256;
    private static final String CHANGED = "pages changed";

    @Override
    public Profile profile() {
        return new Profile(
                "written",
                "Share of pages written",
                "written every half second",
                Unit.RATIO,
                """
                        One container of 256 MiB; deltas one a second. The writer picks pages at random and changes 64 bytes of
                        each, at most as fast as one processor lets it: *pages changed* is what really was different from one
                        point to the next. Every changed page is copied while the container stands still, and its new content
                        is encoded and stored; a page that is written twice between two points counts once.""",
                List.of(CHANGED, FULL, FREEZE, STALL, DELTA, CPU, RESTORABLE),
                List.of(
                        new Picture(
                                "freeze",
                                "Freeze and stall by share of pages written",
                                "time",
                                Amount.MILLIS,
                                List.of(FREEZE, STALL)),
                        new Picture(
                                "time",
                                "Time and CPU by share of pages written",
                                "time",
                                Amount.MILLIS,
                                List.of(RESTORABLE, CPU)),
                        new Picture(
                                "bytes",
                                "Bytes stored by share of pages written",
                                "bytes stored a point",
                                Amount.MIB,
                                List.of(DELTA))));
    }

    @Override
    public List<Double> values(boolean quick) {
        return quick ? List.of(0.001, 0.01, 0.2) : List.of(0.001, 0.01, 0.05, 0.2, 0.5);
    }

    @Override
    public void measure(double value, Trial trial, Figures figures) {
        try (Bench bench = trial.open("")) {
            trial.warm(bench);
            Subject subject = Subject.start(Workloads.writing(MEBIBYTES, value), bench.cleanup());
            Shots shots = new Shots(bench, subject, figures);
            List<Shot> deltas = new PointFigures(figures).take(shots, subject, trial.points(), () -> {});
            figures.put(
                    CHANGED,
                    Cell.of(
                            Spread.of(deltas.stream()
                                    .map(Shot::header)
                                    .mapToDouble(h -> (double) h.getChangedPages() / h.getPages())
                                    .toArray()),
                            Unit.RATIO));
        }
    }
}
