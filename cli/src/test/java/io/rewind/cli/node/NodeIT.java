package io.rewind.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.folder.DataFolder;
import io.rewind.cli.folder.FolderFault;
import io.rewind.cli.folder.FolderLock;
import io.rewind.cli.output.Json;
import io.rewind.runtime.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIT {
    private static final String MAIN = "io.rewind.cli.Main";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path path;

    private DataFolder folder = new DataFolder(Path.of("unset"));

    @BeforeEach
    void folder() {
        folder = new DataFolder(path);
    }

    @AfterEach
    void leaveNoProcess() {
        NodeProcess.end(folder, LIMIT);
    }

    @Test
    void killedAndStartedAgainItIsWhereItWas() {
        RunningNode first = NodeProcess.start(folder, MAIN, LIMIT, waited -> {});
        assertThat(NodeProcess.start(folder, MAIN, LIMIT, waited -> {})).isEqualTo(first);
        assertThatThrownBy(() -> FolderLock.take(folder))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(FolderFault.FOLDER_IN_USE));

        ProcessHandle process = ProcessHandle.of(first.file().pid()).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().join();
        assertThat(RunningNode.find(folder))
                .as("what a dead node left does not count")
                .isEmpty();

        RunningNode second = NodeProcess.start(folder, MAIN, LIMIT, waited -> {});
        assertThat(second.file().bootstrap()).isEqualTo(first.file().bootstrap());
        assertThat(second.file().pid()).isNotEqualTo(first.file().pid());
    }

    @Test
    void tellsItsStateAndStopsWhenAsked() {
        RunningNode node = NodeProcess.start(folder, MAIN, LIMIT, waited -> {});
        JsonNode status = Json.read(node.status()).orElseThrow();
        assertThat(status.path("state").asText()).isEqualTo("RUNNING");
        assertThat(status.path("bootstrap").asText()).isEqualTo(node.file().bootstrap());
        assertThat(status.path("metrics").asText()).isEqualTo(node.file().metrics());
        assertThat(status.path("services").findValuesAsText("name")).contains("broker", "metrics");
        assertThat(status.path("watched").isArray()).isTrue();

        node.stop(LIMIT);
        assertThat(RunningNode.find(folder)).isEmpty();
        assertThat(folder.node()).doesNotExist();
        assertThat(FolderLock.isHeld(folder)).isFalse();
    }
}
