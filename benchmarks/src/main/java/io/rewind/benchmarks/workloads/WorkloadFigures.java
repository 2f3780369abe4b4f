package io.rewind.benchmarks.workloads;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.PointLog;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * All that was measured of one workload. Pairs stand side by side: the i-th uncaptured slice was run next to the i-th
 * captured one.
 */
record WorkloadFigures(String name, List<Slice> uncaptured, List<Slice> captured, List<Return> returns) {
    private static final String NOT_MEASURED = "not measured";

    Cell points() {
        return Cell.count(deltas().size());
    }

    Cell storedBytes() {
        return ofPoints(Unit.BYTES, seen -> seen.point().getStoredBytes());
    }

    Cell changedBytes() {
        return ofPoints(Unit.BYTES, seen -> seen.point().getHeader().getRawBytes());
    }

    Cell freeze() {
        return ofPoints(Unit.NANOS, seen -> seen.point().getHeader().getFrozenNanos());
    }

    Cell untilRestorable() {
        return ofPoints(Unit.NANOS, seen -> seen.untilRestorable().toNanos());
    }

    Cell stall(List<Slice> slices) {
        return times(slices.stream()
                .map(Slice::longestStall)
                .flatMap(Optional::stream)
                .toList());
    }

    /** Of throughput without, in each pair. */
    Cell throughputKept() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < captured.size(); i++) {
            if (captured.get(i).throughput().isPresent()
                    && uncaptured.get(i).throughput().isPresent()) {
                ratios.add(captured.get(i).throughput().getAsDouble()
                        / uncaptured.get(i).throughput().getAsDouble());
            }
        }
        return ratios.isEmpty() ? Cell.missing("no load") : Cell.of(Spread.of(ratios), Unit.RATIO);
    }

    Cell throughput() {
        List<Double> rates = uncaptured.stream()
                .filter(slice -> slice.throughput().isPresent())
                .map(slice -> slice.throughput().getAsDouble())
                .toList();
        return rates.isEmpty() ? Cell.missing("no load") : Cell.of(Spread.of(rates), Unit.PER_SECOND);
    }

    /** What the node had more of the processors than in the uncaptured slice beside, for each point. */
    Cell cpuPerPoint() {
        List<Double> nanos = IntStream.range(0, captured.size())
                .filter(i -> !captured.get(i).points().isEmpty())
                .mapToObj(i -> 1e9
                        * more(uncaptured.get(i), captured.get(i))
                        / captured.get(i).points().size())
                .toList();
        return nanos.isEmpty() ? Cell.missing("no points") : Cell.of(Spread.of(nanos), Unit.NANOS);
    }

    private static double more(Slice without, Slice with) {
        double idle = without.cpuSeconds()
                * with.length().toNanos()
                / without.length().toNanos();
        return with.cpuSeconds() - idle;
    }

    Cell running() {
        return times(returns.stream().map(Return::running).toList());
    }

    Cell withoutProcess() {
        return times(returns.stream().map(Return::without).toList());
    }

    Cell whole() {
        return times(returns.stream().map(Return::whole).toList());
    }

    Cell answering() {
        return times(returns.stream()
                .map(Return::answering)
                .flatMap(Optional::stream)
                .toList());
    }

    private static Cell times(List<Duration> times) {
        return times.isEmpty()
                ? Cell.missing(NOT_MEASURED)
                : Cell.of(Spread.of(times.stream().map(Duration::toNanos).toList()), Unit.NANOS);
    }

    private Cell ofPoints(Unit unit, ToDoubleFunction<PointLog.Seen> figure) {
        double[] values = deltas().stream().mapToDouble(figure).toArray();
        return values.length == 0 ? Cell.missing("no points") : Cell.of(Spread.of(values), unit);
    }

    private List<PointLog.Seen> deltas() {
        return captured.stream()
                .flatMap(slice -> slice.points().stream())
                .filter(seen -> isDelta(seen.point()))
                .toList();
    }

    private static boolean isDelta(PointCommitted point) {
        return point.getHeader().getKind() == PointKind.DELTA;
    }
}
