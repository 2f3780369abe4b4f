package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import io.rewind.runtime.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was measured at one size, as it comes in. For one thread. */
public final class Figures {
    /** Faults of a capture end with the code of the gap. */
    private static final Pattern GAP = Pattern.compile("\\(([A-Z][A-Z_]+)\\)$");

    private final Map<String, Cell> cells = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private String reason = "not measured";

    void put(String heading, Cell cell) {
        cells.put(heading, cell);
    }

    /** Nothing where there are no times: then the heading stays without a figure. */
    void times(String heading, Collection<Duration> times) {
        if (!times.isEmpty()) {
            put(heading, Cell.of(Spread.of(times.stream().map(Duration::toNanos).toList()), Unit.NANOS));
        }
    }

    void bytes(String heading, Collection<Long> sizes) {
        if (!sizes.isEmpty()) {
            put(heading, Cell.of(Spread.of(sizes), Unit.BYTES));
        }
    }

    /** A sentence about what happened during the measurement. */
    void remark(String sentence) {
        if (!remarks.contains(sentence)) {
            remarks.add(sentence);
        }
    }

    /** What has no figure by now has none because of this. */
    void failed(RuntimeException why) {
        if (why instanceof Fault fault) {
            reason = code(fault);
            remark(fault.sentence());
        } else {
            reason = why.getClass().getSimpleName();
            remark(why.toString());
        }
    }

    static String code(Fault fault) {
        Matcher gap = GAP.matcher(fault.sentence());
        return gap.find() ? gap.group(1) : fault.code().name();
    }

    Cell cell(String heading) {
        return cells.getOrDefault(heading, Cell.missing(reason));
    }

    /** Empty where there is no figure. */
    Optional<Spread> spread(String heading) {
        return cell(heading) instanceof Cell.Figure(Spread spread, Unit unit) ? Optional.of(spread) : Optional.empty();
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
