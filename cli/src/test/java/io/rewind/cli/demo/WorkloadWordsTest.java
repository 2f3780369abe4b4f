package io.rewind.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadWordsTest {
    @Test
    void aVerdictIsSoundOnlyWhenMemoryAndFileAgree() {
        assertThat(Verdict.parse("agree memory=7 file=7 resumed=none\n")
                        .orElseThrow()
                        .isSound())
                .isTrue();
        assertThat(Verdict.parse("agree memory=7 file=8 resumed=none\n")
                        .orElseThrow()
                        .isSound())
                .isFalse();
        assertThat(Verdict.parse("agree memory=7 file=gone resumed=3\n")
                        .orElseThrow()
                        .isSound())
                .isFalse();
        assertThat(Verdict.parse("broken memory=7 file=7 resumed=3\n")
                        .orElseThrow()
                        .isSound())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "agree", "agree memory= file=7 resumed=none", "agree memory=7 file=7 resumed=nonesuch"})
    void halfAVerdictIsNone(String line) {
        assertThat(Verdict.parse(line)).isEmpty();
    }

    @Test
    void theCountAtAnInstantIsTheLastOneNotAfterIt() {
        Counts counts = Counts.parse("""
                2026-03-01T12:31:05.100000000Z 1
                2026-03-01T12:31:05.300000000Z 2
                nonsense
                2026-03-01T12:31:05.400000000Z sh: something
                2026-03-01T12:31:05.500000000Z 3
                """);
        assertThat(counts.at(Instant.parse("2026-03-01T12:31:05Z"))).isEqualTo(OptionalLong.empty());
        assertThat(counts.at(Instant.parse("2026-03-01T12:31:05.3Z"))).isEqualTo(OptionalLong.of(2));
        assertThat(counts.at(Instant.parse("2026-03-01T12:31:05.499Z"))).isEqualTo(OptionalLong.of(2));
        assertThat(counts.at(Instant.parse("2026-03-01T12:40:00Z"))).isEqualTo(OptionalLong.of(3));
    }
}
