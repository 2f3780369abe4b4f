package io.rewind.benchmarks.figure;

import java.util.Arrays;
import java.util.Collection;

/** One figure over several runs, in its base unit. */
public record Spread(double min, double median, double max, int runs) {

    /** @throws IllegalArgumentException without any value: what was not measured has no figure */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1], sorted.length);
    }

    public static Spread of(Collection<? extends Number> values) {
        return of(values.stream().mapToDouble(Number::doubleValue).toArray());
    }
}
