package io.rewind.capture.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.capture.docker.Container;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatchPolicyTest {
    private static final Duration USUAL = Duration.ofSeconds(5);
    private static final String ID = "0123456789abcdef".repeat(4);

    private final WatchPolicy policy = new WatchPolicy(USUAL);

    @Test
    void labelsSaySo() {
        assertThat(policy.interval(container(Map.of()))).isEmpty();
        assertThat(policy.interval(container(Map.of(WatchPolicy.CAPTURE, "false"))))
                .isEmpty();
        assertThat(policy.interval(container(Map.of(WatchPolicy.INTERVAL, "1s"))))
                .isEmpty();
        assertThat(policy.interval(container(Map.of(WatchPolicy.CAPTURE, "true"))))
                .contains(USUAL);
        assertThat(policy.interval(container(Map.of(WatchPolicy.CAPTURE, "true", WatchPolicy.INTERVAL, "250ms"))))
                .contains(Duration.ofMillis(250));
        assertThat(policy.interval(container(Map.of(WatchPolicy.CAPTURE, "true", WatchPolicy.INTERVAL, "soon"))))
                .contains(USUAL);
    }

    @ParameterizedTest
    @CsvSource({"100ms,PT0.1S", "5s,PT5S", "1m,PT1M", "2h,PT2H"})
    void timesAreParsed(String text, Duration time) {
        assertThat(WatchPolicy.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "99ms", "0s", "1.5s", "5 s", "9999999999s", "5S"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(WatchPolicy.parse(text)).isEmpty();
    }

    @Test
    void theLastWordCountsWhateverNameItUsed() {
        Container container = container(Map.of(WatchPolicy.CAPTURE, "true"));
        policy.watch("web", Duration.ofSeconds(1));
        assertThat(policy.interval(container)).contains(Duration.ofSeconds(1));
        policy.unwatch(ID.substring(0, 12));
        assertThat(policy.interval(container)).isEmpty();
        policy.watch("web", Duration.ZERO);
        assertThat(policy.interval(container)).contains(USUAL);
        policy.unwatch(ID);
        assertThat(policy.interval(container)).isEmpty();
        policy.watch(ID, Duration.ofSeconds(2));
        assertThat(policy.interval(container)).contains(Duration.ofSeconds(2));
    }

    @Test
    void othersAreNotMeant() {
        policy.watch("we", Duration.ofSeconds(1));
        policy.watch(ID.substring(0, 11), Duration.ofSeconds(1));
        assertThat(policy.interval(container(Map.of()))).isEmpty();
    }

    @Test
    void I10_noMessageMakesItFasterThanTheShortestInterval() {
        policy.watch("web", Duration.ofMillis(1));
        assertThat(policy.interval(container(Map.of()))).contains(WatchPolicy.SHORTEST);
    }

    private static Container container(Map<String, String> labels) {
        return new Container(
                ID, "web", "sha256:1", 7, true, false, false, "2026-01-01T00:00:00Z", "default", labels, "{}");
    }
}
