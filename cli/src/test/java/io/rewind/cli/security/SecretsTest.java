package io.rewind.cli.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.Right;
import io.rewind.runtime.kafka.Rights;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A password is in no sentence, no trace and no line of the log, whatever is wrong around it. */
class SecretsTest {
    private static final String SECRET = "hunter2isthesecret";
    private static final String MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";

    @TempDir
    private Path folder;

    private Settings read(String text) throws IOException {
        return Settings.read(Optional.of(Files.writeString(folder.resolve("rewind.conf"), text)));
    }

    /** Settings whose password comes from {@code value}, wherever that takes it from. */
    private Settings scram(String value, String end) throws IOException {
        return read("""
                rewind.kafka.bootstrap = "127.0.0.1:1"
                rewind.kafka.client {
                  "security.protocol" = SASL_PLAINTEXT
                  "sasl.mechanism" = SCRAM-SHA-512
                  "sasl.jaas.config" = \"""%s required username="u" password="%s"%s\"""
                }
                """.formatted(MODULE, value, end));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rewind.kafka.client { \"sasl.jaas.config\" = \"" + SECRET,
                "rewind.kafka.client { \"x\" = " + SECRET + " } }",
                "rewind.kafka.client = " + SECRET,
                "rewind.kafka.password = " + SECRET,
                "rewind.kafka.client.x = ${" + SECRET + "} \"" + SECRET + "\" }"
            })
    void settingsThatCannotBeUsedAreNotQuoted(String text) {
        Fault fault = catchThrowableOfType(Fault.class, () -> {
            Settings settings = read(text);
            settings.entries("rewind.kafka.client");
            settings.check();
        });
        assertThat(trace(fault)).contains("rewind").doesNotContain(SECRET);
    }

    @Test
    void whatKafkaCannotUseIsNotQuoted() throws IOException {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> Rights.require(Cluster.of(scram(SECRET, "")), List.of(Right.read("any")), Duration.ofSeconds(1)));
        assertThat(fault.sentence()).contains("rewind.kafka.client");
        assertThat(trace(fault)).doesNotContain(SECRET);
    }

    @Test
    void aFileWithoutThePasswordIsNamed() throws IOException {
        Path file = folder.resolve("none.properties");
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> Rights.require(
                        Cluster.of(scram("${file:" + file + ":password}", ";")),
                        List.of(Right.read("any")),
                        Duration.ofSeconds(1)));
        assertThat(fault.sentence()).contains("rewind.kafka.client", file.toString());
    }

    @Test
    void clientsLogTheirSettingsWithoutIt() throws IOException {
        Files.writeString(folder.resolve("secret.properties"), "password=" + SECRET);
        Cluster fromFile = Cluster.of(scram("${file:" + folder.resolve("secret.properties") + ":password}", ";"));
        Cluster written = Cluster.of(scram(SECRET, ";"));
        assertThat(written + " " + fromFile).contains("127.0.0.1:1").doesNotContain(SECRET);

        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
        Level before = Optional.ofNullable(kafka.getLevel()).orElse(Level.WARN);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        kafka.setLevel(Level.DEBUG);
        try {
            for (Cluster cluster : List.of(fromFile, written)) {
                try (Admin admin = cluster.admin("test");
                        var producer = cluster.producer("test", 1 << 20);
                        var consumer = cluster.consumer("test", "group")) {
                    assertThat(admin.metrics()).isNotEmpty();
                    assertThat(producer.metrics()).isNotEmpty();
                    assertThat(consumer.metrics()).isNotEmpty();
                }
            }
        } finally {
            kafka.setLevel(before);
            root.detachAppender(log);
        }
        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("sasl.jaas.config = [hidden]"))
                .noneMatch(line -> line.contains(SECRET));
    }
}
