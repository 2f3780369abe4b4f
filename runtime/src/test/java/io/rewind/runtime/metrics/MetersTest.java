package io.rewind.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final Metric EVENTS = Metric.counter("rewind_test_events_total", "Events", "container", "code");
    private static final Metric AGE = Metric.gauge("rewind_test_age_seconds", "Age", "container");
    private static final Metric WORK = Metric.times("rewind_test_work_seconds", "Work", "container");
    private static final Metric STOP = Metric.histogram("rewind_test_stop_seconds", "Stop", "container");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);

    @Test
    void aMetricIsExposedUnderItsName() {
        meters.counter(EVENTS, "web", "OK").increment();
        meters.set(AGE, 1, "web");
        meters.set(AGE, 2, "web");
        meters.timer(WORK, "web").record(Duration.ofSeconds(3));
        meters.timer(STOP, "web").record(Duration.ofMillis(30));
        assertThat(registry.scrape())
                .contains(
                        "rewind_test_events_total{code=\"OK\",container=\"web\"} 1.0",
                        "rewind_test_age_seconds{container=\"web\"} 2.0",
                        "rewind_test_work_seconds_sum{container=\"web\"} 3.0",
                        "rewind_test_stop_seconds_bucket{container=\"web\",le=\"0.025\"} 0",
                        "rewind_test_stop_seconds_bucket{container=\"web\",le=\"0.05\"} 1");
    }

    @Test
    void whatIsGoneLosesItsSeriesAndNothingElse() {
        for (String container : List.of("web", "db")) {
            meters.counter(EVENTS, container, "OK").increment();
            meters.set(AGE, 1, container);
        }
        meters.forget(List.of(EVENTS, AGE), "container", "web");
        assertThat(registry.scrape()).doesNotContain("web").contains("rewind_test_age_seconds{container=\"db\"} 1.0");
        meters.counter(EVENTS, "web", "OK").increment();
        meters.set(AGE, 7, "web");
        assertThat(registry.scrape())
                .contains(
                        "rewind_test_events_total{code=\"OK\",container=\"web\"} 1.0",
                        "rewind_test_age_seconds{container=\"web\"} 7.0");
    }
}
