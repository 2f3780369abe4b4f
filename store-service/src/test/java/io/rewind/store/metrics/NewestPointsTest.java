package io.rewind.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.read.TimelineInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestPointsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<TimelineInfo> timelines = new ArrayList<>();
    private final NewestPoints newest = new NewestPoints(() -> timelines, new StoreMetrics(registry));

    private static TimelineInfo timeline(String host, String name, Instant captured) {
        return TimelineInfo.newBuilder()
                .setHost(host)
                .setName(name)
                .setNewestCapturedMicros(ChronoUnit.MICROS.between(Instant.EPOCH, captured))
                .build();
    }

    private List<Double> of(String host, String container) {
        return registry
                .find("rewind_store_newest_point_timestamp_seconds")
                .tags("host", host, "container", container)
                .gauges()
                .stream()
                .map(Gauge::value)
                .toList();
    }

    @Test
    void theNewestOfAContainersTimelinesCountsUntilTheyAreGoneOrADayOld() {
        timelines.add(timeline("a", "web", NOW.minusSeconds(90)));
        timelines.add(timeline("a", "web", NOW.minusSeconds(5)));
        timelines.add(timeline("b", "web", NOW.minusSeconds(7)));
        timelines.add(timeline("b", "old", NOW.minus(Duration.ofHours(25))));
        newest.look(NOW);
        assertThat(of("a", "web")).containsExactly(NOW.getEpochSecond() - 5.0);
        assertThat(of("b", "web")).containsExactly(NOW.getEpochSecond() - 7.0);
        assertThat(of("b", "old")).isEmpty();

        timelines.removeLast();
        timelines.removeLast();
        newest.look(NOW.plusSeconds(1));
        assertThat(of("a", "web")).hasSize(1);
        assertThat(of("b", "web")).as("its partition went to another store").isEmpty();

        newest.look(NOW.plus(Duration.ofDays(2)));
        assertThat(of("a", "web")).isEmpty();
    }
}
