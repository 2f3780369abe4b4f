package io.rewind.benchmarks.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BYTES | 0 | 0 B",
                "BYTES | 1023 | 1023 B",
                "BYTES | 1536 | 1.50 KiB",
                "BYTES | 1073741824 | 1 GiB",
                "BYTES | 1625292800 | 1.51 GiB",
                "NANOS | 1500 | 1.50 µs",
                "NANOS | 64000000 | 64 ms",
                "NANOS | 7200000000 | 7.20 s",
                "COUNT | 10000 | 10,000",
                "PER_SECOND | 12345.6 | 12,346",
                "RATIO | 0.378 | 37.8 %",
                "RATIO | 0.0000724 | 0.00724 %",
                "RATIO | 1 | 100 %"
            })
    void peopleReadThreeDigits(Unit unit, double value, String text) {
        assertThat(unit.text(value)).isEqualTo(text);
    }
}
