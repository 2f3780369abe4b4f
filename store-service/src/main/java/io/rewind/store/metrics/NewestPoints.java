package io.rewind.store.metrics;

import io.rewind.read.TimelineInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How old the newest restorable point of each container is, as the databases say and not as this process remembers: so
 * it survives a restart, goes with a partition that goes, and a point that was collected no longer counts.
 */
public final class NewestPoints implements AutoCloseable {
    /** Who had no point for so long is not captured any more. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final Duration STEP = Duration.ofSeconds(1);

    private final Supplier<List<TimelineInfo>> timelines;
    private final StoreMetrics metrics;
    private final Thread thread = Thread.ofVirtual().name("store-newest").unstarted(this::run);
    private Map<Container, Instant> shown = Map.of();

    private record Container(String host, String name) {}

    /** @param timelines of all open partitions */
    public NewestPoints(Supplier<List<TimelineInfo>> timelines, StoreMetrics metrics) {
        this.timelines = timelines;
        this.metrics = metrics;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                look(Instant.now());
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look(Instant now) {
        Map<Container, Instant> newest = new HashMap<>();
        for (TimelineInfo timeline : timelines.get()) {
            Instant captured = Instant.EPOCH.plus(timeline.getNewestCapturedMicros(), ChronoUnit.MICROS);
            if (captured.isAfter(now.minus(FORGOTTEN))) {
                newest.merge(
                        new Container(timeline.getHost(), timeline.getName()),
                        captured,
                        (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        newest.forEach((container, captured) -> metrics.newest(container.host, container.name, captured));
        shown.keySet().stream()
                .filter(container -> !newest.containsKey(container))
                .forEach(gone -> metrics.forgetNewest(gone.host, gone.name));
        shown = newest;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
