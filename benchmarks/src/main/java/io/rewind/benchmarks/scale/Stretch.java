package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.PointLog;
import io.rewind.event.Gap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A stretch of time in which several containers were watched.
 *
 * @param due points that the interval asks for
 * @param points captured in it
 * @param gaps recorded for it; one may stand for several captures left out
 * @param cpuSeconds of the node
 */
record Stretch(Duration length, long due, List<PointLog.Seen> points, List<Gap> gaps, double cpuSeconds) {
    static final String DUE = "points due";
    static final String MADE = "points made";
    static final String GAPS = "gaps";
    static final String RATE = "points per second";
    static final String SHARE = "node CPU, of one processor";
    static final List<String> HEADINGS =
            List.of(DUE, MADE, GAPS, RATE, PointFigures.FREEZE, PointFigures.RESTORABLE, SHARE, PointFigures.CPU);

    void tell(Figures figures) {
        double seconds = length.toNanos() / 1e9;
        figures.put(DUE, Cell.count(due));
        figures.put(MADE, Cell.count(points.size()));
        figures.put(GAPS, gaps.isEmpty() ? Cell.count(0) : Cell.words(codes()));
        figures.put(RATE, Cell.of(Spread.of(points.size() / seconds), Unit.PER_SECOND));
        figures.put(SHARE, Cell.ratio(cpuSeconds / seconds));
        figures.times(
                PointFigures.FREEZE,
                points.stream()
                        .map(seen -> Duration.ofNanos(seen.point().getHeader().getFrozenNanos()))
                        .toList());
        figures.times(
                PointFigures.RESTORABLE,
                points.stream().map(PointLog.Seen::untilRestorable).toList());
        if (!points.isEmpty()) {
            figures.put(PointFigures.CPU, Cell.time(Duration.ofNanos((long) (cpuSeconds / points.size() * 1e9))));
        }
        byCode().forEach((code, same) -> figures.remark(
                code + " ×" + same.size() + ", the first: " + same.getFirst().getMessage()));
    }

    /** "BEHIND ×3, FREEZE_LIMIT ×1". */
    private String codes() {
        return byCode().entrySet().stream()
                .map(code -> code.getKey() + " ×" + code.getValue().size())
                .collect(Collectors.joining(", "));
    }

    private Map<String, List<Gap>> byCode() {
        return gaps.stream().collect(Collectors.groupingBy(Gap::getCode, TreeMap::new, Collectors.toList()));
    }
}
