package io.rewind.benchmarks.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private final Sheet sheet = new Sheet("sheet", "contender", "stall", "bytes")
            .row(Cell.words("ours"), Cell.of(Spread.of(2e6, 1e6, 3e6), Unit.NANOS), Cell.bytes(2048))
            .row(Cell.words("theirs, \"old\""), Cell.missing("it cannot run here"), Cell.bytes(1));

    @Test
    void numbersAreKeptWholeAndWhatIsMissingSaysWhy() {
        assertThat(sheet.csv()).isEqualTo("""
                        contender,stall [ns],stall [ns] min,stall [ns] max,bytes [bytes],missing
                        ours,2000000.0,1000000.0,3000000.0,2048.0,
                        "theirs, ""old""\",,,,1.0,stall: it cannot run here
                        """);
    }

    @Test
    void peopleSeeTheMedianWithItsRange() {
        assertThat(sheet.markdown()).contains("| ours | 2 ms (1 ms … 3 ms) | 2 KiB |", "– it cannot run here");
        assertThat(sheet.text()).contains("2 ms (1 ms … 3 ms)");
    }

    @Test
    void aRowHasACellForEachHeading() {
        assertThatThrownBy(() -> sheet.row(Cell.words("ours"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePageNamesItsCommandAndHasItsPictures(@TempDir Path folder) throws IOException {
        Plot plot = new Plot("lines", "Lines", "points", "MiB").line("ours", List.of(1.0, 2.0), List.of(1.0, 4.0));

        Path page = new Report("page", "A page")
                .text("Words.")
                .sheet("Figures", sheet)
                .plot(plot)
                .plot(new Plot("nothing", "Nothing", "x", "y"))
                .write(folder, "./rewind bench page", "Measured on: a machine.");

        assertThat(Files.readString(page))
                .contains("# A page", "    ./rewind bench page", "Measured on: a machine.", "![Lines](lines.png)")
                .doesNotContain("nothing");
        assertThat(ImageIO.read(folder.resolve("lines.png").toFile()).getWidth())
                .isGreaterThan(960);
        assertThat(Files.readString(folder.resolve("lines.svg"))).contains("<svg", "<path");
        assertThat(folder.resolve("nothing.png")).doesNotExist();
    }
}
