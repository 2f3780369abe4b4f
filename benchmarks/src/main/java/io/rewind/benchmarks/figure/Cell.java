package io.rewind.benchmarks.figure;

import java.time.Duration;

/** What stands in a sheet. */
public sealed interface Cell {

    record Words(String text) implements Cell {}

    record Figure(Spread spread, Unit unit) implements Cell {}

    /** There is no figure, because of this; empty where the reason stands elsewhere. */
    record Missing(String reason) implements Cell {}

    static Cell words(String text) {
        return new Words(text);
    }

    static Cell bytes(long value) {
        return new Figure(Spread.of((double) value), Unit.BYTES);
    }

    static Cell count(long value) {
        return new Figure(Spread.of((double) value), Unit.COUNT);
    }

    static Cell time(Duration value) {
        return new Figure(Spread.of((double) value.toNanos()), Unit.NANOS);
    }

    static Cell ratio(double value) {
        return new Figure(Spread.of(value), Unit.RATIO);
    }

    static Cell of(Spread spread, Unit unit) {
        return new Figure(spread, unit);
    }

    static Cell missing(String reason) {
        return new Missing(reason);
    }

    /** For people: the median, and the range where there were several runs. */
    default String text() {
        return switch (this) {
            case Words words -> words.text();
            case Missing missing -> missing.reason().isEmpty() ? "–" : "– " + missing.reason();
            case Figure(Spread s, Unit unit) ->
                s.runs() == 1
                        ? unit.text(s.median())
                        : unit.text(s.median()) + " (" + unit.text(s.min()) + " … " + unit.text(s.max()) + ")";
        };
    }
}
