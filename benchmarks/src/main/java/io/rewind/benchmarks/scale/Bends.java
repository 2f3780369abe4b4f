package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Finds where a line stops growing as it did: in powers, so that neither unit nor size matters. A bend counts when the
 * next point lies outside of its own spread from where the old growth would have led, and the powers differ clearly.
 */
final class Bends {
    /** Between growing with the size and growing with its root. */
    private static final double CLEARLY = 0.5;

    /** A point of a line; x and the median are positive. */
    record At(double x, Spread y) {}

    /** @param before power of growth up to {@code x}, {@code after} from there on */
    record Bend(double x, double before, double after) {
        /** By what it is multiplied when the size doubles. */
        String text() {
            return String.format(
                    Locale.ROOT,
                    "×%.2f for each doubling up to there, ×%.2f from there",
                    Math.pow(2, before),
                    Math.pow(2, after));
        }
    }

    private Bends() {}

    /** @param line by growing x */
    static List<Bend> of(List<At> line) {
        List<Bend> bends = new ArrayList<>();
        for (int i = 1; i + 1 < line.size(); i++) {
            At here = line.get(i);
            At next = line.get(i + 1);
            OptionalDouble before = power(line.get(i - 1), here);
            OptionalDouble after = power(here, next);
            if (before.isPresent()
                    && after.isPresent()
                    && Math.abs(after.getAsDouble() - before.getAsDouble()) >= CLEARLY
                    && !within(next.y(), here.y().median() * Math.pow(next.x() / here.x(), before.getAsDouble()))) {
                bends.add(new Bend(here.x(), before.getAsDouble(), after.getAsDouble()));
            }
        }
        return bends;
    }

    private static boolean within(Spread spread, double value) {
        return value >= spread.min() && value <= spread.max();
    }

    private static OptionalDouble power(At from, At to) {
        double growth = to.y().median() / from.y().median();
        return from.y().median() > 0 && growth > 0
                ? OptionalDouble.of(Math.log(growth) / Math.log(to.x() / from.x()))
                : OptionalDouble.empty();
    }
}
