package io.rewind.restore.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rewind.event.PointAgo;
import io.rewind.event.PointAt;
import io.rewind.event.PointById;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointLatest;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointChoiceTest {
    private static final Instant FIRST = Instant.parse("2026-03-01T10:00:00.000250Z");
    private static final Instant SECOND = FIRST.plusSeconds(60);
    private static final Instant THIRD = FIRST.plusSeconds(120);
    private static final Instant NOW = FIRST.plusSeconds(300);
    // Not in order of capture: the choice must not rely on it.
    private static final List<PointCommitted> POINTS =
            List.of(point("2", SECOND), point("3", THIRD), point("1", FIRST));

    @Test
    void byId() {
        assertThat(chosen(new PointById(id("2")))).isEqualTo(id("2"));
    }

    @Test
    void anIdThatIsNotThereIsNamed() {
        Fault fault = refused(new PointById(id("9")));

        assertThat(fault.code()).isEqualTo(RestoreCode.POINT_UNKNOWN);
        assertThat(fault.sentence()).contains(id("9")).endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "../../0000000000000", "000000000000000G", "00000000000000001"})
    void aTextThatIsNoIdIsRejected(String text) {
        assertThat(refused(new PointById(text)).severity()).isEqualTo(Severity.REJECTED);
    }

    @Test
    void latestIsTheNewestByCapture() {
        assertThat(chosen(new PointLatest(true))).isEqualTo(id("3"));
    }

    @Test
    void betweenTwoPointsTheEarlierOneCounts() {
        assertThat(chosen(new PointAt(THIRD.minusNanos(1000)))).isEqualTo(id("2"));
    }

    @Test
    void exactlyAtAPointItIsThatPoint() {
        assertThat(chosen(new PointAt(SECOND))).isEqualTo(id("2"));
        assertThat(chosen(new PointAt(FIRST))).isEqualTo(id("1"));
    }

    @Test
    void afterTheLastPointItIsTheLast() {
        assertThat(chosen(new PointAt(NOW))).isEqualTo(id("3"));
    }

    @Test
    void beforeTheFirstPointSaysWhenThatWas() {
        Fault fault = refused(new PointAt(FIRST.minusNanos(1000)));

        assertThat(fault.code()).isEqualTo(RestoreCode.BEFORE_FIRST_POINT);
        assertThat(fault.sentence()).contains(FIRST.toString());
    }

    @Test
    void theFutureHasItsOwnCode() {
        assertThat(refused(new PointAt(NOW.plusNanos(1000))).code()).isEqualTo(RestoreCode.INSTANT_IN_FUTURE);
        assertThat(refused(new PointAgo(-1L)).code()).isEqualTo(RestoreCode.INSTANT_IN_FUTURE);
    }

    @Test
    void agoCountsFromTheRequest() {
        long millis = Duration.between(SECOND, NOW).toMillis();

        assertThat(chosen(new PointAgo(millis))).isEqualTo(id("2"));
        assertThat(chosen(new PointAgo(millis + 1))).isEqualTo(id("1"));
        assertThat(PointChoice.choose(new PointAgo(0L), POINTS, SECOND, NOW)
                        .getHeader()
                        .getPoint())
                .as("to the microsecond")
                .isEqualTo(id("2"));
    }

    @Test
    void agoFromAClockThatIsAheadCountsFromOurs() {
        PointCommitted chosen = PointChoice.choose(new PointAgo(0L), POINTS, NOW.plusSeconds(1000), SECOND);

        assertThat(chosen.getHeader().getPoint()).isEqualTo(id("2"));
    }

    @Test
    void anEternityAgoIsBeforeTheFirst() {
        assertThat(refused(new PointAgo(Long.MAX_VALUE)).code()).isEqualTo(RestoreCode.BEFORE_FIRST_POINT);
    }

    @Test
    void withoutPointsNothingWasCaptured() {
        for (Object wanted :
                List.of(new PointById(id("1")), new PointAt(NOW), new PointAgo(1L), new PointLatest(true))) {
            Fault fault = catchThrowableOfType(
                    Fault.class, () -> PointChoice.choose(wanted, List.<PointCommitted>of(), NOW, NOW));
            assertThat(fault.code()).isEqualTo(RestoreCode.TIMELINE_UNKNOWN);
        }
    }

    @Test
    void aWayOfALaterVersionIsRefused() {
        assertThat(refused("tomorrow").code()).isEqualTo(RestoreCode.POINT_UNKNOWN);
    }

    private static String chosen(Object wanted) {
        return PointChoice.choose(wanted, POINTS, NOW, NOW).getHeader().getPoint();
    }

    private static Fault refused(Object wanted) {
        return catchThrowableOfType(Fault.class, () -> PointChoice.choose(wanted, POINTS, NOW, NOW));
    }

    private static String id(String digit) {
        return digit.repeat(16);
    }

    private static PointCommitted point(String digit, Instant captured) {
        return FakePoints.committed("a".repeat(64), id(digit), "c", "web", captured);
    }
}
