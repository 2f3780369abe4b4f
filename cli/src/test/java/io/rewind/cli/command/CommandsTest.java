package io.rewind.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    private Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String line) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return Commands.run(terminal, "none", line.isEmpty() ? new String[0] : line.split(" "));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bogus",
                "watch",
                "watch a/b",
                "watch web --interval 5",
                "watch web --interval 1ms",
                "preflight web:1",
                "capture ../x",
                "capture web --timeout soon",
                "points",
                "points a:b",
                "restore web",
                "restore web --at tomorrow",
                "restore web --at",
                "restore web --point xyz",
                "restore web --at latest --point 0199c2f4a1b37e05",
                "restore web --at latest --publish 8081:80",
                "restore web --at latest --as x --publish 80",
                "restore web --at latest --as x --publish 99999:80",
                "restore web --at latest --as x/y",
                "restore web --at latest --as x --lazy",
                "restore web --at latest --as x --lazy never",
                "restore web --at latest --lazy remote",
                "pin web",
                "pin web xyz",
                "prune",
                "prune web --keep some",
                "prune web --set",
                "prune web --keep all --set --dry-run",
                "verify a/b",
                "restore web --at latest --before-change /etc",
                "restore web --at latest --export /tmp/x --as y",
                "files web",
                "files web tomorrow",
                "files web --bogus",
                "files a/b latest",
                "ps web -30",
                "diff web latest",
                "extract web latest",
                "up --bogus",
                "service",
                "service broker"
            })
    void whatIsNotUnderstoodIsOneSentenceAndExitCode2(String line) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(said()).startsWith("rewind: ").hasLineCount(1).doesNotContain("Exception");
        assertThat(printed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "watch web",
                "unwatch web",
                "preflight web",
                "capture web",
                "points web --json",
                "pin web 0199c2f4a1b37e05",
                "prune web --keep 1/h --dry-run",
                "verify",
                "verify web --json",
                "restore web --at -30s",
                "restore web --at latest --as other --publish 8081:80 --publish 127.0.0.1:5353:53/udp",
                "restore web --before-change /etc/passwd --dry-run",
                "restore web --point 0199 --export /tmp/x",
                "files web -30s /etc -r --json",
                "ps web 0199c2f4",
                "diff web -5m latest",
                "extract web 12:31:05 /etc -"
            })
    void withoutANodeItIsSaidHowToGetOne(String line) {
        assertThat(run(line + " --data " + data)).isEqualTo(1);
        assertThat(said()).isEqualTo("rewind: no node is running on this machine; start one with `rewind up`\n");
        assertThat(printed()).isEmpty();
    }

    @Test
    void allFaultsOfAServicesSettingsAreSaidAtOnce() throws IOException {
        Path file = Files.writeString(data.resolve("rewind.conf"), """
                rewind.store.cashe = 1
                rewind.store.listen = nowhere
                rewind.service.metrics-port.store = 70000
                rewind.logging.format = xml
                """);
        assertThat(run("service store --config " + file)).isEqualTo(1);
        assertThat(said())
                .contains("rewind.store.cashe: there is no such setting", "rewind.store.listen: must be host:port")
                .contains(
                        "rewind.service.metrics-port.store: must be from 0 to 65535", "rewind.logging.format: must be")
                .hasLineCount(1);
    }

    @Test
    void downWithoutANodeIsDone() {
        assertThat(run("down --data " + data)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "up",
                "down",
                "status",
                "watch",
                "unwatch",
                "capture",
                "points",
                "restore",
                "demo",
                "preflight",
                "service",
                "pin",
                "prune",
                "verify",
                "files",
                "extract",
                "diff",
                "ps"
            })
    void everyCommandHasHelpWithExamples(String command) {
        assertThat(run((command + " -h").strip())).isZero();
        assertThat(printed()).contains("Examples:", "rewind " + command);
        assertThat(said()).isEmpty();
    }
}
