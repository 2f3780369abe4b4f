package io.rewind.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullScanTrackerTest extends DirtyTrackerContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    DirtyTracker tracker() {
        return new FullScanTracker();
    }

    @Override
    Space space() throws IOException {
        return new FileSpace(folder);
    }

    @Test
    void itsNameStandsInHeaders() {
        assertThat(tracker().name()).isEqualTo("full-scan");
    }
}
