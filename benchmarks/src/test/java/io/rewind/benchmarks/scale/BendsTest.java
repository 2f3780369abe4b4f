package io.rewind.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewind.benchmarks.figure.Spread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BendsTest {
    private static List<Bends.At> line(double... xy) {
        List<Bends.At> line = new ArrayList<>();
        for (int i = 0; i < xy.length; i += 2) {
            line.add(new Bends.At(xy[i], Spread.of(xy[i + 1])));
        }
        return line;
    }

    @Test
    void growthByOnePowerHasNoBend() {
        assertThat(Bends.of(line(1, 3, 10, 30, 100, 300, 1000, 3000))).isEmpty();
        assertThat(Bends.of(line(1, 5, 10, 5, 100, 5))).isEmpty();
    }

    @Test
    void aFixedPartThatIsOvertakenBendsWhereThatHappens() {
        List<Bends.Bend> bends = Bends.of(line(1, 100, 2, 100, 4, 100, 8, 200, 16, 400));

        assertThat(bends).hasSize(1);
        assertThat(bends.getFirst().x()).isEqualTo(4);
        assertThat(bends.getFirst().before()).isCloseTo(0, within(1e-9));
        assertThat(bends.getFirst().after()).isCloseTo(1, within(1e-9));
        assertThat(bends.getFirst().text()).contains("×1.00 for each doubling up to there", "×2.00 from there");
    }

    @Test
    void whatLiesWithinTheSpreadOfTheNextPointIsNoBend() {
        List<Bends.At> line = List.of(
                new Bends.At(1, Spread.of(10)), new Bends.At(2, Spread.of(10)), new Bends.At(4, Spread.of(9, 25, 30)));

        assertThat(Bends.of(line)).isEmpty();
    }

    @Test
    void zeroHasNoPowerToGrowBy() {
        assertThat(Bends.of(line(1, 0, 2, 0, 4, 7, 8, 14))).isEmpty();
    }
}
