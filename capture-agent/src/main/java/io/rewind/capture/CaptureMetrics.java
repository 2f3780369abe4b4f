package io.rewind.capture;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.event.PointHeader;
import io.rewind.runtime.metrics.Meters;
import io.rewind.runtime.metrics.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the agent tells Prometheus. A container that is no longer watched loses its series. */
public final class CaptureMetrics {
    private static final String HOST = "host";
    private static final String CONTAINER = "container";

    private static final Metric WATCHED =
            Metric.gauge("rewind_capture_watched_containers", "Containers being captured", HOST);
    private static final Metric INTERVAL = Metric.gauge(
            "rewind_capture_interval_seconds",
            "From one capture to the next, as long as it has to be; 0: only on request",
            HOST,
            CONTAINER);
    private static final Metric POINTS = Metric.counter(
            "rewind_capture_points_total", "Points captured and published", HOST, CONTAINER, "kind", "tracker");
    private static final Metric GAPS = Metric.counter(
            "rewind_capture_gaps_total", "Captures that were due and did not happen", HOST, CONTAINER, "code");
    private static final Metric FREEZE =
            Metric.histogram("rewind_capture_freeze_seconds", "How long a container stood still", HOST, CONTAINER);
    private static final Metric DURATION = Metric.times(
            "rewind_capture_duration_seconds", "From the start of a capture until Kafka had it", HOST, CONTAINER);
    private static final Metric RESIDENT =
            Metric.gauge("rewind_capture_memory_pages", "Pages of memory of the newest point", HOST, CONTAINER);
    private static final Metric WRITTEN = Metric.counter(
            "rewind_capture_written_pages_total",
            "Pages that may have been written, as far as the tracker knows",
            HOST,
            CONTAINER);
    private static final Metric DIRTY =
            Metric.counter("rewind_capture_dirty_pages_total", "Pages that changed and were sent", HOST, CONTAINER);
    private static final Metric RAW = Metric.counter(
            "rewind_capture_raw_bytes_total", "Content sent with points, before any encoding", HOST, CONTAINER);
    private static final Metric TRACKER = Metric.gauge(
            "rewind_capture_tracker", "1 for the tracker of dirty pages that works on this host", "tracker");
    private static final Metric UNTRACKED = Metric.counter(
            "rewind_capture_untracked_total",
            "Processes whose memory is read whole at each point, because they cannot be tracked");
    private static final Metric WAITING = Metric.gauge(
            "rewind_capture_waiting_bytes",
            "Bytes of captured points that Kafka does not have yet, in memory and in the spool files",
            HOST);
    private static final Metric UNCHANGED = Metric.counter(
            "rewind_capture_unchanged_total",
            "Captures left out because nothing in the container had run since the last point",
            HOST,
            CONTAINER);
    private static final Metric HOOK_FAILURES = Metric.counter(
            "rewind_capture_hook_failures_total", "Hooks that failed or were killed at their limit", HOST, CONTAINER);
    public static final List<Metric> ALL = List.of(
            WAITING,
            UNCHANGED,
            HOOK_FAILURES,
            WATCHED,
            INTERVAL,
            POINTS,
            GAPS,
            FREEZE,
            DURATION,
            RESIDENT,
            WRITTEN,
            DIRTY,
            RAW,
            TRACKER,
            UNTRACKED);

    private final Meters meters;
    private final String host;
    private final AtomicInteger watched = new AtomicInteger();
    private final AtomicLong waiting = new AtomicLong();

    /** @param host name of this host in records */
    public CaptureMetrics(MeterRegistry registry, String host) {
        this.meters = new Meters(registry);
        this.host = host;
        meters.gauge(WATCHED, watched, AtomicInteger::get, host);
        meters.gauge(WAITING, waiting, AtomicLong::get, host);
    }

    /** @param bytes more, or fewer */
    void waits(long bytes) {
        waiting.addAndGet(bytes);
    }

    void unchanged(String container) {
        meters.counter(UNCHANGED, host, container).increment();
    }

    void hookFailed(String container) {
        meters.counter(HOOK_FAILURES, host, container).increment();
    }

    void watched(int containers) {
        watched.set(containers);
    }

    void interval(String container, Duration interval) {
        meters.set(INTERVAL, interval.toMillis() / 1000.0, host, container);
    }

    void point(PointHeader header, Duration whole) {
        String container = header.getName();
        String kind = header.getKind().name().toLowerCase(Locale.ROOT);
        meters.counter(POINTS, host, container, kind, header.getTracker()).increment();
        meters.timer(FREEZE, host, container).record(Duration.ofNanos(header.getFrozenNanos()));
        meters.timer(DURATION, host, container).record(whole);
        meters.set(RESIDENT, (double) header.getPages(), host, container);
        meters.counter(WRITTEN, host, container).increment((double) header.getWrittenPages());
        meters.counter(DIRTY, host, container).increment((double) header.getChangedPages());
        meters.counter(RAW, host, container).increment((double) header.getRawBytes());
    }

    /** What each point tells by itself, said once: which tracker this host has. */
    void tracker(String name) {
        meters.set(TRACKER, 1, name);
    }

    void untracked() {
        meters.counter(UNTRACKED).increment();
    }

    void gap(String container, String code) {
        meters.counter(GAPS, host, container, code).increment();
    }

    /** Nobody of this name is captured any more. */
    void gone(String container) {
        meters.forget(ALL, CONTAINER, container);
    }
}
