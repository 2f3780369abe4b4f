package io.rewind.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1536,1.5 KiB", "1048576,1.0 MiB", "5368709120,5.0 GiB"})
    void bytes(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0.0 ms", "1234567,1.2 ms", "999900000,999.9 ms", "1500000000,1.50 s"})
    void nanos(long nanos, String text) {
        assertThat(Amounts.nanos(nanos)).isEqualTo(text);
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(new Table("A", ">N").row("long", "1").row("x", "100").toString())
                .isEqualTo("A       N\nlong    1\nx     100\n");
    }

    @Test
    void aRowMustFit() {
        Table table = new Table("A", "B");
        assertThatThrownBy(() -> table.row("only one")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void progressIsOnlyForPeople() {
        ByteArrayOutputStream piped = new ByteArrayOutputStream();
        ByteArrayOutputStream watched = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        new Terminal(nowhere, new PrintStream(piped, true, StandardCharsets.UTF_8), false).progress("working", 50);
        new Terminal(nowhere, new PrintStream(watched, true, StandardCharsets.UTF_8), true).progress("working", 50);
        assertThat(piped.size()).isZero();
        assertThat(watched.toString(StandardCharsets.UTF_8)).isEqualTo("[############            ] 50 % working");
    }
}
