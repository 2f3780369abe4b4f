package io.rewind.capture.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.schemas.id.PointId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RestTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Rest first = point(Optional.empty(), OptionalLong.of(90), 100);

    @Test
    void onlyAPointBeforeWhichNothingRanIsRestedOn() {
        assertThat(first.holds(OptionalLong.of(100), NOON, LIMIT)).isFalse();
        Rest second = point(Optional.of(first), OptionalLong.of(100), 107);
        assertThat(second.holds(OptionalLong.of(107), NOON, LIMIT)).isTrue();
        assertThat(second.holds(OptionalLong.of(108), NOON, LIMIT)).isFalse();
    }

    @Test
    void whatRanAfterAPointIsCapturedTwice() {
        Rest busy = point(Optional.of(first), OptionalLong.of(101), 107);
        assertThat(busy.holds(OptionalLong.of(107), NOON, LIMIT)).isFalse();
    }

    @Test
    void theLimitEndsIt() {
        Rest second = point(Optional.of(first), OptionalLong.of(100), 107);
        assertThat(second.holds(OptionalLong.of(107), NOON.plus(LIMIT).minusMillis(1), LIMIT))
                .isTrue();
        assertThat(second.holds(OptionalLong.of(107), NOON.plus(LIMIT), LIMIT)).isFalse();
    }

    @Test
    void withoutAClockNothingRests() {
        Rest blind = new Rest(new PointId("0199c2f4a1b37e05"), OptionalLong.empty(), NOON, NOON, true);
        assertThat(blind.holds(OptionalLong.empty(), NOON, LIMIT)).isFalse();
    }

    private static Rest point(Optional<Rest> before, OptionalLong ranBefore, long ran) {
        return Rest.after(before, ranBefore, new PointId("0199c2f4a1b37e05"), OptionalLong.of(ran), NOON, NOON);
    }
}
