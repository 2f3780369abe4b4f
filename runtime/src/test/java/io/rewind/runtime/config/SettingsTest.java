package io.rewind.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path folder;

    private Settings read(String text) throws IOException {
        return Settings.read(Optional.of(Files.writeString(folder.resolve("rewind.conf"), text)));
    }

    @Test
    void theFileIsOverTheReferenceAndKafkasOwnPropertiesAreOpen() throws IOException {
        Settings settings = read("rewind.host = there\nrewind.kafka.client { \"sasl.mechanism\" = PLAIN }\nother = 1");
        assertThat(settings.hostName()).isEqualTo("there");
        assertThat(settings.text("rewind.kafka.bootstrap")).isEqualTo("127.0.0.1:9092");
        assertThat(settings.entries("rewind.kafka.client")).containsEntry("sasl.mechanism", "PLAIN");
        settings.check();
    }

    @Test
    void allFaultsAreNamedAtOnceAndEachOnce() throws IOException {
        Settings settings = read("""
                rewind.kafka.botstrap = "x:1"
                rewind.kafka.topics.partitions = 0
                rewind.kafka.client = 5
                rewind.logging = []
                """);
        settings.number("rewind.kafka.topics.partitions", 1, 10);
        settings.with("rewind.host", "x").number("rewind.kafka.topics.partitions", 1, 10);
        assertThat(settings.entries("rewind.kafka.client")).isEmpty();
        assertThat(settings.text("rewind.logging.format")).isEqualTo("x");
        assertThatThrownBy(settings::check)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.sentence())
                                .contains("rewind.kafka.botstrap: there is no such setting", "from 1 to 10, is 0")
                                .contains("rewind.kafka.client: ", "rewind.logging")
                                .containsOnlyOnce("rewind.kafka.topics.partitions"));
    }

    @Test
    void aFileThatIsMissingOrNotHoconIsSaid() {
        assertThatThrownBy(() -> Settings.read(Optional.of(folder.resolve("none.conf"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("none.conf");
        assertThatThrownBy(() -> read("rewind {")).isInstanceOf(Fault.class).hasMessageContaining("rewind.conf");
    }
}
