package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.subject.Stall;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.event.PointKind;
import java.util.List;

/** What every axis with one container tells of its points. */
final class PointFigures {
    static final String FULL = "full point, stored";
    static final String FULL_FREEZE = "full point, freeze";
    static final String DELTA = "delta point, stored";
    static final String FREEZE = "freeze";
    static final String STALL = "longest stall inside";
    static final String CPU = "node CPU a point";
    static final String RESTORABLE = "freeze to restorable";

    private final Figures figures;

    PointFigures(Figures figures) {
        this.figures = figures;
    }

    /**
     * A full point, then deltas.
     *
     * @param before each delta
     * @return the deltas
     */
    List<Shot> take(Shots shots, Subject subject, int deltas, Runnable before) {
        Shot full = shots.full();
        figures.put(FULL, Cell.bytes(full.stored()));
        figures.put(FULL_FREEZE, Cell.time(full.freeze()));
        shots.uncounted(before);
        Shots.Series series = shots.series(deltas, before);
        List<Shot> taken = series.taken();
        long again = taken.stream()
                .filter(shot -> shot.header().getKind() == PointKind.FULL)
                .count();
        if (again > 0) {
            figures.remark(again + " of " + taken.size() + " points after the first were full ones again");
        }
        List<Stall> stalls = subject.stalls();
        figures.bytes(DELTA, taken.stream().map(Shot::stored).toList());
        figures.times(FREEZE, taken.stream().map(Shot::freeze).toList());
        figures.times(
                STALL,
                taken.stream()
                        .map(shot -> Stall.longest(stalls, shot.stallsFrom(), shot.stallsTo()))
                        .toList());
        figures.put(CPU, Cell.time(series.cpu()));
        figures.times(
                RESTORABLE,
                taken.stream().map(shot -> shot.seen().untilRestorable()).toList());
        return taken;
    }
}
