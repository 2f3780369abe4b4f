package io.rewind.capture.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000;

    private final Pace wanted = Pace.of(Duration.ofSeconds(1), 20);

    @Test
    void asWantedWhileFreezesAreShort() {
        assertThat(steadily(wanted, 190, 500).interval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theShareOfTimeFrozenIsBounded() {
        Pace pace = steadily(wanted, 500, 600);
        assertThat(pace.interval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pace.reason()).contains("every 3000 ms instead of every 1000 ms", "500 ms", "20 %");
    }

    @Test
    void capturesDoNotOvertakeKafka() {
        Pace pace = steadily(wanted, 100, 3500);
        assertThat(pace.interval()).isEqualTo(Duration.ofSeconds(4));
        assertThat(pace.reason()).contains("3500 ms until Kafka");
    }

    @Test
    void oneSlowCaptureChangesNothing() {
        Pace pace = steadily(wanted, 50, 100).after(600 * MILLI, 3000 * MILLI);
        assertThat(pace.times()).isEqualTo(1);
    }

    @Test
    void itComesBackWithoutSwingingToAndFro() {
        Pace slow = steadily(wanted, 100, 3500);
        Pace nearly = steadily(slow, 100, 2900);
        assertThat(nearly.times())
                .as("2.9 s fit into 3 s, but with nothing to spare")
                .isEqualTo(4);
        assertThat(steadily(nearly, 100, 2300).times()).isEqualTo(3);
        assertThat(steadily(nearly, 100, 200).times()).isEqualTo(1);
    }

    private static Pace steadily(Pace from, long frozenMillis, long wholeMillis) {
        Pace pace = from;
        for (int i = 0; i < 40; i++) {
            pace = pace.after(frozenMillis * MILLI, wholeMillis * MILLI);
        }
        return pace;
    }
}
