package io.rewind.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BeatTest {
    @Test
    void findsBeatsAmongOtherLines() {
        String log = "ready\ngap 1700000000.000001 5123\nbeat 1700000001.250000 42\nbeat 17000";

        assertThat(Beat.parse(log)).containsExactly(new Beat(Instant.ofEpochSecond(1_700_000_001, 250_000_000), 42));
    }
}
