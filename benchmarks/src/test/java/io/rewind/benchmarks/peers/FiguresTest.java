package io.rewind.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void aRatioSpreadsOverEveryPairOfRuns() {
        Cell ratio = Figures.ratio(
                List.of(Duration.ofMillis(10), Duration.ofMillis(20)),
                List.of(Duration.ofMillis(100), Duration.ofMillis(200)));

        assertThat(ratio).isEqualTo(Cell.of(new Spread(0.05, 0.1, 0.2, 4), Unit.RATIO));
    }

    @Test
    void withoutRunsThereIsNoRatio() {
        assertThat(Figures.ratio(List.of(), List.of(Duration.ofMillis(1)))).isInstanceOf(Cell.Missing.class);
    }

    @Test
    void bytesAreShownAtPowersOfTenAndAtTheEnd() {
        assertThat(PeersReport.marks(100)).containsExactly(1, 10, 100);
        assertThat(PeersReport.marks(30)).containsExactly(1, 10, 30);
        assertThat(PeersReport.marks(0)).isEmpty();
    }

    @Test
    void ofWhatAProgramSaysTheLastLinesCount() {
        assertThat(Tool.gist("first\n\nsecond \nthird\n\n")).isEqualTo("second / third");
        assertThat(Tool.gist("")).isEmpty();
    }
}
