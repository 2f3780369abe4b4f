package io.rewind.benchmarks.scale;

import static io.rewind.benchmarks.scale.PointFigures.CPU;
import static io.rewind.benchmarks.scale.PointFigures.DELTA;
import static io.rewind.benchmarks.scale.PointFigures.FREEZE;
import static io.rewind.benchmarks.scale.PointFigures.FULL;
import static io.rewind.benchmarks.scale.PointFigures.FULL_FREEZE;
import static io.rewind.benchmarks.scale.PointFigures.RESTORABLE;
import static io.rewind.benchmarks.scale.PointFigures.STALL;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.event.RestoreProgress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How large a container's memory is. */
final class MemoryAxis implements Axis {
    private static final double MEBI = 1 << 20;
    private static final double SHARE = 0.01;
    private static final String RUNNING = "restore: request to running";
    private static final String WITHOUT = "restore: without a process";
    private static final String WHOLE = "restore: request to all memory";

    @Override
    public Profile profile() {
        return new Profile(
                "memory",
                "Resident size",
                "resident",
                Unit.BYTES,
                """
                        One container that holds memory and writes to 1 % of its pages every half second; a full point, then
                        deltas one a second, then a restore in place of the newest. *Freeze* is what the agent measures,
                        *longest stall inside* what a program in the container notices. A freeze has a fixed part (CRIU's
                        dump without memory) and one that grows with resident pages (page tables, and looking for what
                        was written); a delta point's bytes grow with what was written, not with what is there. A restore
                        rebuilds all memory on the host while the old process still runs; then that ends, and the new one
                        starts with little of it: the rest comes when it is touched, and in the background.""",
                List.of(FULL, FULL_FREEZE, FREEZE, STALL, DELTA, CPU, RESTORABLE, RUNNING, WITHOUT, WHOLE),
                List.of(
                        new Picture(
                                "freeze",
                                "Freeze and stall by resident size",
                                "time",
                                Amount.MILLIS,
                                List.of(FREEZE, STALL)),
                        new Picture(
                                "time",
                                "Time and CPU by resident size",
                                "time",
                                Amount.SECONDS,
                                List.of(RESTORABLE, CPU, RUNNING, WITHOUT, WHOLE)),
                        new Picture(
                                "bytes",
                                "Bytes stored by resident size",
                                "bytes stored",
                                Amount.MIB,
                                List.of(FULL, DELTA))));
    }

    @Override
    public List<Double> values(boolean quick) {
        return Stream.of(64, 128, 256, 512, 1024, 2048, 4096, 8192)
                .limit(quick ? 3 : Long.MAX_VALUE)
                .map(mib -> mib * MEBI)
                .toList();
    }

    @Override
    public void measure(double value, Trial trial, Figures figures) {
        Room.here().require((long) value);
        try (Bench bench = trial.open("")) {
            trial.warm(bench);
            Subject subject = Subject.start(Workloads.writing((int) (value / MEBI), SHARE), bench.cleanup());
            Shots shots = new Shots(bench, subject, figures);
            List<Shot> deltas = new PointFigures(figures).take(shots, subject, trial.points(), () -> {});
            RestoreProgress back =
                    bench.restoreWhole(subject.name(), deltas.getLast().header().getPoint(), news -> {});
            figures.put(RUNNING, Cell.time(Duration.ofMillis(back.getRequestMillis())));
            figures.put(WITHOUT, Cell.time(Duration.ofMillis(back.getRunningMillis())));
            figures.put(WHOLE, Cell.time(Bench.untilWhole(back)));
        }
    }
}
