package io.rewind.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Plot;
import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisRunTest {
    private static final Profile PROFILE = new Profile(
            "things",
            "Things",
            "things",
            Unit.COUNT,
            "More of them.",
            List.of("time"),
            List.of(new Picture("time", "Time by things", "time", Amount.MILLIS, List.of("time"))));

    private static Figures taking(long millis) {
        Figures figures = new Figures();
        figures.put("time", Cell.time(Duration.ofMillis(millis)));
        return figures;
    }

    private static Figures failing() {
        Figures figures = new Figures();
        figures.failed(new Fault(BenchFault.NO_POINTS, Severity.REJECTED, "none came"));
        return figures;
    }

    @Test
    void whatFailedIsInTheSheetAndNotInThePicture() {
        AxisRun run = new AxisRun(PROFILE);
        run.add(1, failing());

        assertThat(run.sheet().csv()).contains("things [count],time,missing", "1.0,,time: NO_POINTS");
        assertThat(run.plots()).allMatch(Plot::isEmpty);
        assertThat(run.remarks()).containsExactly("1: none came");
    }

    @Test
    void aBendIsSaidWithItsPlace() {
        AxisRun run = new AxisRun(PROFILE);
        run.add(1, taking(10));
        run.add(2, taking(10));
        run.add(4, taking(40));

        assertThat(run.bends()).containsExactly("*time* at 2: ×1.00 for each doubling up to there, ×4.00 from there");
        assertThat(run.plots()).noneMatch(Plot::isEmpty);
    }
}
