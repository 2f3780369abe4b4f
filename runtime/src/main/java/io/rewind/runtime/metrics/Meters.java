package io.rewind.runtime.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Makes the series of metrics when they are first needed, and takes them away with what they were about. Thread-safe. */
public final class Meters {
    /** Few enough to have them for every container. */
    private static final Duration[] BUCKETS = DoubleStream.of(
                    0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300)
            .mapToObj(seconds -> Duration.ofMillis((long) (seconds * 1000)))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<Series, Double> set = new ConcurrentHashMap<>();

    private record Series(String name, Tags tags) {}

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    public Counter counter(Metric metric, String... values) {
        return Counter.builder(metric.name())
                .description(metric.help())
                .tags(tags(metric, values))
                .register(registry);
    }

    public Timer timer(Metric metric, String... values) {
        Timer.Builder timer =
                Timer.builder(metric.name()).description(metric.help()).tags(tags(metric, values));
        if (metric.kind() == Metric.Kind.HISTOGRAM) {
            timer.serviceLevelObjectives(BUCKETS);
        }
        return timer.register(registry);
    }

    /** A gauge that is asked at each scrape. */
    public <T> Gauge gauge(Metric metric, T state, ToDoubleFunction<T> value, String... values) {
        return Gauge.builder(metric.name(), state, value)
                .description(metric.help())
                .tags(tags(metric, values))
                .strongReference(true)
                .register(registry);
    }

    public void remove(Meter meter) {
        registry.remove(meter);
    }

    /** Sets a gauge that keeps its value until it is set again. */
    public void set(Metric metric, double value, String... values) {
        Series series = new Series(metric.name(), tags(metric, values));
        if (set.put(series, value) == null) {
            gauge(metric, set, now -> now.getOrDefault(series, Double.NaN), values);
        }
    }

    /** Takes away a gauge that was set. */
    public void unset(Metric metric, String... values) {
        Tags tags = tags(metric, values);
        set.remove(new Series(metric.name(), tags));
        registry.find(metric.name()).tags(tags).gauges().forEach(registry::remove);
    }

    /** Takes away all series of {@code metrics} whose {@code label} has this value; who counts on begins at zero. */
    public void forget(Collection<Metric> metrics, String label, String value) {
        Set<String> names = metrics.stream().map(Metric::name).collect(Collectors.toSet());
        registry.getMeters().stream()
                .filter(meter -> names.contains(meter.getId().getName()))
                .filter(meter -> value.equals(meter.getId().getTag(label)))
                .forEach(registry::remove);
        set.keySet()
                .removeIf(series ->
                        names.contains(series.name) && series.tags.stream().anyMatch(Tag.of(label, value)::equals));
    }

    private static Tags tags(Metric metric, String... values) {
        if (values.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric.name() + " has the labels " + metric.labels());
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(metric.labels().get(i), values[i]));
        }
        return Tags.of(tags);
    }
}
