package io.rewind.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.docker.Container;
import io.rewind.capture.docker.DockerEngine;
import io.rewind.capture.freeze.Criu;
import io.rewind.capture.freeze.CriuFreezer;
import io.rewind.capture.point.DockerCli;
import io.rewind.runtime.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused is what CRIU fails on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreflightIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Perl can make any system call. */
    private static final String IMAGE = "rewind-test/perl";

    @TempDir
    private static Path scratch = Path.of("");

    private final DockerEngine engine = new DockerEngine();
    private final Criu criu = new Criu("criu");
    private final HostFacts host = HostFacts.of(criu.version(), true);
    private Optional<DockerCli> cli = Optional.empty();

    @BeforeAll
    void image() throws Exception {
        cli = Optional.of(new DockerCli(scratch));
    }

    @AfterAll
    void remove() throws Exception {
        cli.orElseThrow().removeAll();
        criu.close();
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IO_URING      | my $p = \"\\0\" x 120; $r = syscall(425, 8, $p)",
                "USERFAULTFD   | $r = syscall(323, 1)",
                "MEMFD_SECRET  | $r = syscall(447, 0)"
            })
    void whatAProgramUses(Rule rule, String call) throws Exception {
        assertRefused(rule, startProgram(rule, call));
    }

    @Test
    void reservedAddressSpaceIsSaid() throws Exception {
        Container container = startProgram(Rule.ADDRESS_SPACE, "$r = syscall(9, 0, 8 << 40, 3, 0x4022, -1, 0)");
        assertThat(findings(container)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.ADDRESS_SPACE);
            assertThat(finding.refusal()).isFalse();
        });
    }

    private Container startProgram(Rule rule, String call) throws Exception {
        String program = call + "; print $r > -1 ? 'done' : \"refused: $!\", \"\\n\"; sleep 1000";
        Container container = start(
                rule.name().toLowerCase(Locale.ROOT),
                List.of("--security-opt", "seccomp=unconfined"),
                IMAGE,
                "perl",
                "-e",
                "$| = 1; " + program);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cli.orElseThrow().docker("logs", container.name()))
                        .isEqualTo("done"));
        return container;
    }

    @Test
    void aTerminal() throws Exception {
        assertRefused(Rule.TERMINAL, start("tty", List.of("-t"), IMAGE, "sleep", "1000"));
    }

    @Test
    void anotherUserWhereTheAgentLacksTheCapability() throws Exception {
        Container container = start("user", List.of("--user", "999"), IMAGE, "sleep", "1000");
        if (host.resources()) {
            assertThat(findings(container)).isEmpty();
        } else {
            assertRefused(Rule.CAPABILITY, container);
        }
    }

    @Test
    void anOrdinaryContainerHasNothingToBeSaidAbout() throws Exception {
        Container container = start("plain", List.of(), IMAGE, "sleep", "1000");
        assertThat(findings(container)).isEmpty();
    }

    private void assertRefused(Rule rule, Container container) {
        assertThat(findings(container)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.refusal()).isTrue();
        });
        assertThatThrownBy(() ->
                        new CriuFreezer(criu, scratch).freeze(container, LIMIT).close())
                .as("a refusal is certain")
                .isInstanceOf(Fault.class);
    }

    private List<Finding> findings(Container container) {
        return new Preflight(host, new CriuFreezer(criu, scratch)).of(container);
    }

    private Container start(String name, List<String> options, String image, String... command) throws Exception {
        return engine.inspect(cli.orElseThrow().start(name, options, image, command))
                .orElseThrow();
    }
}
