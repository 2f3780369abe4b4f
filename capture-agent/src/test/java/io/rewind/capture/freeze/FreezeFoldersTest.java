package io.rewind.capture.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezeFoldersTest {
    @TempDir
    Path parent;

    @Test
    void whatAKilledAgentLeftGoesAndNothingElse() throws IOException {
        ProcessKey own = ProcessKey.of((int) ProcessHandle.current().pid()).orElseThrow();
        // The pid lives, but it is another process's now.
        FreezeFolders killed = new FreezeFolders(parent, new ProcessKey(own.pid(), own.startTime() - 1));
        FreezeFolders running = new FreezeFolders(parent, own);
        Path left = Files.createDirectory(killed.next());
        Files.writeString(Files.createDirectory(left.resolve("images")).resolve("core-1.img"), "registers");
        Path used = Files.createDirectory(running.next());
        Path other = Files.createDirectory(parent.resolve("freeze-dried"));

        running.sweep();

        assertThat(parent).isDirectoryContaining(used::equals).isDirectoryContaining(other::equals);
        assertThat(left).doesNotExist();
        assertThat(running.next()).isNotEqualTo(used);
    }
}
