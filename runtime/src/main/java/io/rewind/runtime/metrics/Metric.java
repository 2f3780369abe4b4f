package io.rewind.runtime.metrics;

import java.util.List;

/**
 * A family of series: what its meters are made with, and what docs/metrics.md says of it.
 *
 * @param name as Prometheus shows it, unit and suffix included: {@code _total} of a counter, {@code _seconds} of times
 * @param help a phrase without full stop
 * @param labels in the order in which their values are given
 */
public record Metric(Kind kind, String name, String help, List<String> labels) {
    /** TIMES: count, sum and maximum. HISTOGRAM: of times, with buckets besides. */
    public enum Kind {
        COUNTER,
        GAUGE,
        TIMES,
        HISTOGRAM
    }

    public Metric {
        labels = List.copyOf(labels);
    }

    public static Metric counter(String name, String help, String... labels) {
        return new Metric(Kind.COUNTER, name, help, List.of(labels));
    }

    public static Metric gauge(String name, String help, String... labels) {
        return new Metric(Kind.GAUGE, name, help, List.of(labels));
    }

    public static Metric times(String name, String help, String... labels) {
        return new Metric(Kind.TIMES, name, help, List.of(labels));
    }

    public static Metric histogram(String name, String help, String... labels) {
        return new Metric(Kind.HISTOGRAM, name, help, List.of(labels));
    }
}
