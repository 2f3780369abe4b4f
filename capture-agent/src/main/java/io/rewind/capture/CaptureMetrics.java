package io.rewind.capture;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.rewind.event.PointHeader;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the agent tells Prometheus. Labelled by container name: as many series as containers are watched. */
public final class CaptureMetrics {
    private static final double MILLIS_IN_SECOND = 1e3;

    private final MeterRegistry registry;
    private final AtomicInteger watched = new AtomicInteger();
    private final AtomicLong waiting = new AtomicLong();
    private final Map<String, AtomicLong> intervals = new ConcurrentHashMap<>();

    public CaptureMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("rewind.capture.watched", watched, AtomicInteger::get)
                .description("Containers being captured")
                .register(registry);
        Gauge.builder("rewind.capture.waiting", waiting, AtomicLong::get)
                .description("Bytes of captured points that Kafka does not have yet, in memory and in the spool files")
                .baseUnit("bytes")
                .register(registry);
    }

    /** @param bytes more, or fewer */
    void waits(long bytes) {
        waiting.addAndGet(bytes);
    }

    /** From one capture to the next; longer than wanted when it had to be. */
    void interval(String container, Duration interval) {
        intervals
                .computeIfAbsent(container, name -> {
                    AtomicLong millis = new AtomicLong();
                    Gauge.builder("rewind.capture.interval", millis, m -> (double) m.get() / MILLIS_IN_SECOND)
                            .description("From one capture to the next, as long as it has to be")
                            .baseUnit("seconds")
                            .tags("container", name)
                            .register(registry);
                    return millis;
                })
                .set(interval.toMillis());
    }

    void unchanged(String container) {
        Counter.builder("rewind.capture.unchanged")
                .description("Captures left out because nothing in the container had run since the last point")
                .tags("container", container)
                .register(registry)
                .increment();
    }

    void hookFailed(String container) {
        Counter.builder("rewind.capture.hook.failures")
                .description("Hooks that failed or were killed at their limit")
                .tags("container", container)
                .register(registry)
                .increment();
    }

    void watched(int containers) {
        watched.set(containers);
    }

    void point(PointHeader header, Duration whole) {
        Tags tags = Tags.of(Tag.of("container", header.getName()));
        Counter.builder("rewind.capture.points")
                .description("Points captured and published")
                .tags(tags.and("kind", header.getKind().name().toLowerCase(Locale.ROOT)))
                .tags("tracker", header.getTracker())
                .register(registry)
                .increment();
        Timer.builder("rewind.capture.freeze")
                .description("How long a container stood still")
                .tags(tags)
                .publishPercentileHistogram()
                .register(registry)
                .record(Duration.ofNanos(header.getFrozenNanos()));
        Timer.builder("rewind.capture.duration")
                .description("From the start of a capture until Kafka had all of it")
                .tags(tags)
                .register(registry)
                .record(whole);
        DistributionSummary.builder("rewind.capture.dirty.pages")
                .description("Pages sent with a point")
                .tags(tags)
                .register(registry)
                .record((double) header.getChangedPages());
        DistributionSummary.builder("rewind.capture.raw")
                .description("Bytes sent with a point, before any encoding")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry)
                .record((double) header.getRawBytes());
    }

    /** What each point tells by itself, said once: which tracker this host has. */
    void tracker(String name) {
        Gauge.builder("rewind.capture.tracker", () -> 1)
                .description("1 for the tracker of dirty pages that works on this host")
                .tags("tracker", name)
                .register(registry);
    }

    void untracked() {
        Counter.builder("rewind.capture.untracked")
                .description("Processes whose memory is read whole at each point, because they cannot be tracked")
                .register(registry)
                .increment();
    }

    void gap(String container, String code) {
        Counter.builder("rewind.capture.gaps")
                .description("Captures that were due and did not happen")
                .tags("container", container, "code", code)
                .register(registry)
                .increment();
    }
}
