package io.rewind.restore.switchover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.tree.Stage;
import io.rewind.runtime.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    private static final String STAGE = "rewind-1";

    @TempDir
    Path host;

    private Inspected container = new Inspected(new ObjectMapper().createObjectNode());

    @BeforeEach
    void container() throws IOException {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.putObject("GraphDriver")
                .putObject("Data")
                .put("UpperDir", place("overlay").toString());
        var mounts = json.putArray("Mounts");
        for (String name : new String[] {"a", "b"}) {
            mounts.addObject()
                    .put("Type", "volume")
                    .put("Source", place(name).toString())
                    .put("Destination", "/" + name);
        }
        container = new Inspected(json);
    }

    /** A tree with a file in it. */
    private Path place(String name) throws IOException {
        Path place = Files.createDirectories(host.resolve(name).resolve("_data"));
        Files.writeString(place.resolve("f"), "present");
        return place;
    }

    private Trees staged() throws IOException {
        Trees trees = Trees.of(container, STAGE);
        for (Stage stage : trees.stages(Set.of("", "/a")).values()) {
            stage.create();
            Files.writeString(stage.tree().resolve("f"), "past");
        }
        return trees;
    }

    private String contents() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : new String[] {"overlay", "a", "b"}) {
            text.append(Files.readString(host.resolve(name).resolve("_data/f"))).append(' ');
        }
        return text.toString().strip();
    }

    @Test
    void whatHasAStageIsExchangedAndComesBackHoweverOften() throws IOException {
        Trees trees = staged();
        assertThat(contents()).isEqualTo("present present present");
        for (int i = 0; i < 2; i++) {
            trees.exchange();
            assertThat(contents()).isEqualTo("past past present");
        }
        for (int i = 0; i < 2; i++) {
            trees.back();
            assertThat(contents()).isEqualTo("present present present");
        }
        trees.own().exchange();
        assertThat(contents()).isEqualTo("past present present");
        trees.mounted().exchange();
        assertThat(contents()).isEqualTo("past past present");
        trees.removeStages();
        assertThat(host.resolve("a").toFile().list()).containsExactly("_data");
    }

    @Test
    void I8_whatCouldNotBePutBackIsKept() throws IOException {
        Trees trees = staged();
        trees.mounted().exchange();

        assertThat(trees.keepOld()).contains(".kept");
        assertThat(trees.keepOld()).isEmpty();
        trees.removeStages();

        assertThat(host.resolve("a/rewind-1.kept/f")).hasContent("present");
        assertThat(host.resolve("a/_data/f")).hasContent("past");
        assertThat(host.resolve("overlay").toFile().list()).containsExactly("_data");
    }

    @Test
    void I9_aTreeThatTheContainerLacksHasNoPlace() {
        assertThatThrownBy(() -> Trees.of(container, STAGE).stages(Set.of("", "/a", "/etc")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("/etc");
    }
}
