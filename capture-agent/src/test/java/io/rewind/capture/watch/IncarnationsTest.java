package io.rewind.capture.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.TimelineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncarnationsTest {
    private static final TimelineId ONE = new TimelineId("0123456789ab");
    private static final TimelineId OTHER = new TimelineId("ba9876543210");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void startsAreCountedOverRestartsOfTheAgent() {
        Path data = folder.resolve("not/yet");
        assertThat(new Incarnations(data).of(ONE, "t1")).isEqualTo(new Incarnations.Incarnation(1, true));
        assertThat(new Incarnations(data).of(ONE, "t1")).isEqualTo(new Incarnations.Incarnation(1, false));
        assertThat(new Incarnations(data).of(OTHER, "t1")).isEqualTo(new Incarnations.Incarnation(1, true));
        assertThat(new Incarnations(data).of(ONE, "t2")).isEqualTo(new Incarnations.Incarnation(2, true));
        assertThat(new Incarnations(data).of(ONE, "t2")).isEqualTo(new Incarnations.Incarnation(2, false));
        assertThat(new Incarnations(data).of(OTHER, "t1")).isEqualTo(new Incarnations.Incarnation(1, false));
    }

    @Test
    void aDamagedFileIsAFault() throws IOException {
        Files.writeString(folder.resolve(ONE.text()), "many");
        assertThatThrownBy(() -> new Incarnations(folder).of(ONE, "t1")).isInstanceOf(Fault.class);
        Files.writeString(folder.resolve(ONE.text()), "3");
        assertThatThrownBy(() -> new Incarnations(folder).of(ONE, "t1")).isInstanceOf(Fault.class);
    }
}
