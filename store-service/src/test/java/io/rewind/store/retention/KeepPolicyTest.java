package io.rewind.store.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.PointId;
import io.rewind.store.fault.StoreFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private static List<PointId> everySo(Duration step, Duration back) {
        List<PointId> points = new ArrayList<>();
        for (Instant at = NOW.minus(back); !at.isAfter(NOW); at = at.plus(step)) {
            points.add(PointId.at(at));
        }
        return points;
    }

    private static List<PointId> kept(String policy, List<PointId> points, Instant now) {
        List<PointId> kept = new ArrayList<>(points);
        kept.removeAll(KeepPolicy.parse(policy).surplus(points, now));
        return kept;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "all; 8641",
                "all for 1h; 361",
                "ALL  for 1 h; 361",
                "1/min for 24h; 1441",
                "6/min for 1h; 361",
                "1/h; 25",
                "all for 10m, 1/min for 1h, 1/h for 1d; 134",
                "1/d for 4w; 2"
            })
    void aDayOfPointsTenSecondsApart(String policy, int left) {
        assertThat(kept(policy, everySo(Duration.ofSeconds(10), Duration.ofDays(1)), NOW))
                .hasSize(left);
    }

    @Test
    void surplusComesOldestFirst() {
        List<PointId> points = everySo(Duration.ofMinutes(1), Duration.ofHours(2));
        assertThat(KeepPolicy.parse("all for 1h").surplus(points, NOW)).isEqualTo(points.subList(0, 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void pruningOftenKeepsOneOfEachSlotJustAsPruningOnce(long seed) {
        Random random = new Random(seed);
        String policy = "all for 5m, 1/min for 1h, 1/h for 1d";
        List<PointId> all = new ArrayList<>();
        List<PointId> left = new ArrayList<>();
        Instant at = NOW;
        for (int i = 0; i < 3000; i++) {
            at = at.plusMillis(1 + random.nextInt(60_000));
            all.add(PointId.at(at));
            left.add(all.getLast());
            if (random.nextInt(50) == 0) {
                left = kept(policy, left, at);
            }
        }
        Instant end = at;
        List<PointId> once = kept(policy, all, end);
        // What is only at the edge of a rule's age may differ; every hour of the day and minute of the hour is there.
        for (Duration slot : List.of(Duration.ofMinutes(1), Duration.ofHours(1))) {
            Duration age = slot.multipliedBy(slot.equals(Duration.ofMinutes(1)) ? 58 : 22);
            assertThat(slots(kept(policy, left, end), slot, end.minus(age)))
                    .isEqualTo(slots(once, slot, end.minus(age)));
        }
    }

    private static List<Long> slots(List<PointId> points, Duration slot, Instant since) {
        return points.stream()
                .filter(point -> point.captured().isAfter(since))
                .map(point -> point.captured().toEpochMilli() / slot.toMillis())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "every 5m",
                "all for",
                "all for 1",
                "all for 0h",
                "1/fortnight",
                "0/h",
                "1/min for 3 moons",
                "all,",
                "all; 1/h",
                "2000/s for 1h",
                "1/h for ever",
                "-1/h"
            })
    void whatIsNotUnderstoodIsSaidWithAnExample(String policy) {
        assertThatThrownBy(() -> KeepPolicy.parse(policy)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(StoreFault.POLICY_INVALID);
            assertThat(fault.sentence()).contains("all for 1h, 1/min for 24h, 1/h for 30d");
        });
    }
}
