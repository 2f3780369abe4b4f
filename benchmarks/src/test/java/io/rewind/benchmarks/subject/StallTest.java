package io.rewind.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallTest {
    private static final String LOG = """
            probe ready
            beat 100.000000 0
            gap 100.500000 64000
            something that the service says about a gap 7.5
            beat 101.000000 250
            gap 101.250000 250000
            beat 102.000000 400
            gap 103.000000 900000
            """;

    private static Instant at(double seconds) {
        return Instant.EPOCH.plusNanos((long) (seconds * 1e9));
    }

    @Test
    void theLongestOfAStretchOfTime() {
        List<Stall> stalls = Stall.parse(LOG);

        assertThat(stalls).hasSize(3);
        assertThat(Stall.longest(stalls, at(100), at(102))).isEqualTo(Duration.ofMillis(250));
        assertThat(Stall.longest(stalls, at(101.5), at(102))).isZero();
    }

    @Test
    void theRateIsThatBetweenTheFirstAndTheLastBeat() {
        assertThat(Beat.rate(LOG, at(99), at(103))).isEqualTo(200);
        assertThat(Beat.rate(LOG, at(100.5), at(101.5))).isZero();
    }
}
