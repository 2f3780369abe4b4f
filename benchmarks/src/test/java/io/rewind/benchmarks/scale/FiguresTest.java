package io.rewind.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final String SENTENCE = "web was not captured: it stood still for 2 s (FREEZE_LIMIT)";

    @Test
    void whatWasMeasuredBeforeAFailureStaysAndTheRestGetsTheReason() {
        Figures figures = new Figures();
        figures.put("size", Cell.bytes(7));

        figures.failed(new Fault(BenchFault.NO_POINTS, Severity.RETRYABLE, SENTENCE));

        assertThat(figures.cell("size")).isEqualTo(Cell.bytes(7));
        assertThat(figures.cell("time")).isEqualTo(Cell.missing("FREEZE_LIMIT"));
        assertThat(figures.spread("time")).isEmpty();
        assertThat(figures.remarks()).containsExactly(SENTENCE);
    }

    @Test
    void aFaultWithoutAGapGivesItsOwnCode() {
        assertThat(Figures.code(new Fault(BenchFault.NO_POINTS, Severity.RETRYABLE, "none came (yet)")))
                .isEqualTo("NO_POINTS");
    }

    @Test
    void withoutTimesThereIsNoFigure() {
        Figures figures = new Figures();
        figures.times("none", List.of());
        figures.times("some", List.of(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(2)));

        assertThat(figures.cell("none")).isInstanceOf(Cell.Missing.class);
        assertThat(figures.spread("some").orElseThrow().median()).isEqualTo(2e6);
    }

    @Test
    void theSameRemarkIsMadeOnce() {
        Figures figures = new Figures();
        figures.remark("behind");
        figures.remark("behind");

        assertThat(figures.remarks()).hasSize(1);
    }
}
