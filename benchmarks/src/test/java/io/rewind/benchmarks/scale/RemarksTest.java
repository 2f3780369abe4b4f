package io.rewind.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RemarksTest {
    @Test
    void eachHeadingGivesItsAxisTheTextBelow() {
        Remarks remarks = Remarks.of(List.of(
                "# Title", "nobody's", "## memory", "", "Bends at 1 GiB,", "for a reason.", "", "## files", "Flat."));

        assertThat(remarks.on("memory")).contains("Bends at 1 GiB,\nfor a reason.");
        assertThat(remarks.on("files")).contains("Flat.");
        assertThat(remarks.on("written")).isEmpty();
    }

    @Test
    void anEmptySectionSaysNothing() {
        assertThat(Remarks.of(List.of("## memory", "", "## files")).byAxis()).isEmpty();
    }
}
