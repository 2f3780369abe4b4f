package io.rewind.restore.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.restore.late.LateMemory.Arrival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class LateMemoryTest {
    private static final String CONTAINER = "c".repeat(64);

    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void folder() {
        folder = root.resolve(CONTAINER + ".late");
    }

    private Arrival now() {
        return new LateMemory(root).of(CONTAINER);
    }

    /** As the runtime script does: the shell is in the folder, also after that was renamed. */
    private Process daemon() throws IOException {
        Path before = Files.createDirectory(root.resolve("work"));
        Process shell =
                new ProcessBuilder("sleep", "60").directory(before.toFile()).start();
        Files.writeString(before.resolve("daemon"), shell.pid() + "\n");
        Files.move(before, folder);
        return shell;
    }

    @Test
    void aContainerWithAllItsMemoryHasNoFolder() {
        assertThat(now()).isEqualTo(Arrival.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0, COMPLETE", "1, FAILED", "137, FAILED", "'', FAILED"})
    void theDaemonsStatusTells(String status, Arrival arrival) throws IOException {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("ended"), status + "\n");

        assertThat(now()).isEqualTo(arrival);
    }

    @Test
    void whileTheDaemonLivesItIsUnderWayAndWithoutAWordItHasFailed() throws Exception {
        Process daemon = daemon();
        try {
            assertThat(now()).isEqualTo(Arrival.UNDER_WAY);
            assertThat(new LateMemory(root).await(CONTAINER, Duration.ofMillis(30)))
                    .isEqualTo(Arrival.UNDER_WAY);
        } finally {
            daemon.destroyForcibly().waitFor();
        }
        assertThat(now()).isEqualTo(Arrival.FAILED);
        assertThat(new LateMemory(root).await(CONTAINER, Duration.ofMinutes(1))).isEqualTo(Arrival.FAILED);
    }

    @Test
    void anotherProcessThatGotThePidIsNotTheDaemon() throws IOException {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("daemon"), ProcessHandle.current().pid() + "\n");

        assertThat(now()).isEqualTo(Arrival.FAILED);
    }
}
