package io.rewind.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.Rebase;
import io.rewind.event.Unwatch;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    private final Rebase rebase =
            new Rebase("0123456789ab", "a chunk is missing", Instant.now().truncatedTo(ChronoUnit.MICROS));

    @Test
    void decodeIsTheInverseOfEncode() {
        assertThat(Wire.decode(Wire.encode(rebase))).isEqualTo(rebase);
    }

    @Test
    void foreignBytesAreRejected() {
        assertThatThrownBy(() -> Wire.decode("hello, this is not Avro".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Fault.class, f -> {
                    assertThat(f.code()).isEqualTo(WireFault.FOREIGN_RECORD);
                    assertThat(f.severity()).isEqualTo(Severity.REJECTED);
                });
    }

    @Test
    void aSchemaNobodyPublishedIsRejected() {
        byte[] bytes = Wire.encode(rebase);
        bytes[5] ^= 1;
        assertThatThrownBy(() -> Wire.decode(bytes))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(WireFault.UNKNOWN_SCHEMA));
    }

    @Test
    void aRecordInTheWrongPlaceIsRejected() {
        assertThatThrownBy(() -> Wire.decode(Wire.encode(rebase), Unwatch.class))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(WireFault.UNEXPECTED_RECORD));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void damagedBytesAreRejectedOrReadButNeverAnythingElse(long seed) {
        Random random = new Random(seed);
        byte[] whole = Wire.encode(rebase);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, 11 + random.nextInt(whole.length - 10));
            bytes[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt();
            try {
                assertThat(Wire.decode(bytes)).isInstanceOf(Rebase.class);
            } catch (Fault fault) {
                assertThat(fault.severity()).isEqualTo(Severity.REJECTED);
            }
        }
    }
}
