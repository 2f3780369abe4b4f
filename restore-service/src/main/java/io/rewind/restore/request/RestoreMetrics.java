package io.rewind.restore.request;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.runtime.metrics.Meters;
import io.rewind.runtime.metrics.Metric;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What restores cost and how they end. */
public final class RestoreMetrics {
    private static final String MODE = "mode";
    private static final String OK = "OK";

    private static final Metric UNDER_WAY = Metric.gauge("rewind_restore_underway", "Requests under way");
    private static final Metric FETCHED =
            Metric.counter("rewind_restore_fetched_bytes_total", "Chunks brought from the store, opened");
    private static final Metric RESULTS = Metric.counter(
            "rewind_restore_results_total", "Answered requests; code OK, or why it failed", MODE, "code");
    private static final Metric REQUEST =
            Metric.histogram("rewind_restore_request_seconds", "From a request to running", MODE);
    private static final Metric SWITCH = Metric.histogram(
            "rewind_restore_switch_seconds", "From the old container's stop, or a clone's start, to running", MODE);
    private static final Metric MEMORY = Metric.histogram(
            "rewind_restore_memory_seconds",
            "From the old container's stop, or a clone's start, to all its memory",
            MODE);
    public static final List<Metric> ALL = List.of(UNDER_WAY, FETCHED, RESULTS, REQUEST, SWITCH, MEMORY);

    private final Meters meters;
    private final Counter fetched;
    private final AtomicInteger underWay = new AtomicInteger();

    public RestoreMetrics(MeterRegistry registry) {
        this.meters = new Meters(registry);
        this.fetched = meters.counter(FETCHED);
        meters.gauge(UNDER_WAY, underWay, AtomicInteger::get);
        // Restores are rare: Prometheus sees the first only where there was a zero before.
        for (RestoreMode mode : RestoreMode.values()) {
            meters.counter(RESULTS, mode.name(), OK);
            meters.timer(REQUEST, mode.name());
            meters.timer(SWITCH, mode.name());
            meters.timer(MEMORY, mode.name());
        }
    }

    public void fetched(long bytes) {
        fetched.increment((double) bytes);
    }

    void begun() {
        underWay.incrementAndGet();
    }

    /** How a restore ended that its last answer is of. */
    void ended(RestoreProgress last) {
        RestoreMode mode = last.getMode();
        String code = last.getCode();
        underWay.decrementAndGet();
        meters.counter(RESULTS, mode.name(), code).increment();
        if (code.equals(OK)) {
            meters.timer(REQUEST, mode.name()).record(Duration.ofMillis(last.getRequestMillis()));
            meters.timer(SWITCH, mode.name()).record(Duration.ofMillis(last.getRunningMillis()));
            meters.timer(MEMORY, mode.name()).record(Duration.ofMillis(last.getMemoryMillis()));
        }
    }
}
