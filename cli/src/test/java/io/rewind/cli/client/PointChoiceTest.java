package io.rewind.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.PointAgo;
import io.rewind.event.PointAt;
import io.rewind.event.PointById;
import io.rewind.event.PointLatest;
import io.rewind.runtime.fault.Fault;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointChoiceTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-03-01T14:00:00.5+01:00[Europe/Berlin]");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:31:05Z,          2026-03-01T12:31:05Z",
        "2026-03-01T12:31:05.25Z,       2026-03-01T12:31:05.25Z",
        "2026-03-01T12:31:05+01:00,     2026-03-01T11:31:05Z",
        "2026-02-28T23:59:59-05:00,     2026-03-01T04:59:59Z",
        "12:31:05,                      2026-03-01T11:31:05Z",
        "00:00:00,                      2026-02-28T23:00:00Z",
        "12:31:05Z,                     2026-03-01T12:31:05Z",
        "23:30:00-10:00,                2026-03-02T09:30:00Z",
        "2026-03-01T12:31:05+01:00[Europe/Berlin], 2026-03-01T11:31:05Z",
        "12:31,                         2026-03-01T11:31:00Z"
    })
    void instants(String text, Instant instant) {
        assertThat(PointChoice.parse(text, NOW).record()).isEqualTo(new PointAt(instant));
    }

    @ParameterizedTest
    @CsvSource({"-500ms, 500", "-30s, 30000", "-5m, 300000", "-2h, 7200000", "-1d, 86400000", "-0s, 0"})
    void ago(String text, long millis) {
        assertThat(PointChoice.parse(text, NOW).record()).isEqualTo(new PointAgo(millis));
    }

    @Test
    void latest() {
        assertThat(PointChoice.parse("latest", NOW).record()).isEqualTo(new PointLatest(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "-30",
                "--30s",
                "30s",
                "-1.5s",
                "-99999999999s",
                "newest",
                "2026-03-01T12:31:05",
                "2026-03-01",
                "25:00:00",
                "2026-03-01T12:31:05[Nowhere]",
                "019",
                "2026-02-30T00:00:00Z",
                "12:31:05 ",
                "../etc"
            })
    void nonsenseIsOneSentence(String text) {
        assertThatThrownBy(() -> PointChoice.parse(text, NOW))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(CallFault.BAD_VALUE))
                .hasMessageContaining("\"" + text.replaceFirst("^-", "") + "\" is not a");
    }

    @Test
    void ids() {
        assertThat(PointChoice.byId("0199c2f4a1b37e05").record()).isEqualTo(new PointById("0199c2f4a1b37e05"));
        assertThatThrownBy(() -> PointChoice.byId("../7e05")).isInstanceOf(Fault.class);
        assertThat(PointChoice.parse("0199c2f4", NOW).record()).isEqualTo(new PointById("0199c2f4"));
        assertThat(PointChoice.parse("0199c2f4", NOW).isComplete()).isFalse();
        assertThat(PointChoice.byId("0199c2f4a1b37e05").isComplete()).isTrue();
        assertThat(PointChoice.parse("latest", NOW).isComplete()).isTrue();
    }
}
