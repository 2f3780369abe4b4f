package io.rewind.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.docker.Container;
import io.rewind.capture.stand.Stand;
import io.rewind.runtime.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused is what CRIU fails on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreflightIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @AutoClose
    private final Stand stand = new Stand();

    private final HostFacts host = HostFacts.of(stand.criu().version(), true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IO_URING      | my $p = \"\\0\" x 120; $r = syscall(425, 8, $p)",
                "USERFAULTFD   | $r = syscall(323, 1)",
                "MEMFD_SECRET  | $r = syscall(447, 0)"
            })
    void whatAProgramUses(Rule rule, String call) {
        assertRefused(rule, startProgram(rule, call));
    }

    @Test
    void reservedAddressSpaceIsSaid() {
        Container container = startProgram(Rule.ADDRESS_SPACE, "$r = syscall(9, 0, 8 << 40, 3, 0x4022, -1, 0)");
        assertThat(findings(container)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.ADDRESS_SPACE);
            assertThat(finding.refusal()).isFalse();
        });
    }

    private Container startProgram(Rule rule, String call) {
        String program = call + "; print $r > -1 ? 'done' : \"refused: $!\", \"\\n\"; sleep 1000";
        Container container = stand.start(
                rule.name().toLowerCase(Locale.ROOT),
                List.of("--security-opt", "seccomp=unconfined"),
                Stand.PERL,
                "perl",
                "-e",
                "$| = 1; " + program);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stand.docker("logs", container.name())).isEqualTo("done"));
        return container;
    }

    @Test
    void aTerminal() {
        assertRefused(Rule.TERMINAL, stand.start("tty", List.of("-t"), Stand.PERL, "sleep", "1000"));
    }

    @Test
    void anotherUserWhereTheAgentLacksTheCapability() {
        Container container = stand.start("user", List.of("--user", "999"), Stand.PERL, "sleep", "1000");
        if (host.resources()) {
            assertThat(findings(container)).isEmpty();
        } else {
            assertRefused(Rule.CAPABILITY, container);
        }
    }

    @Test
    void anOrdinaryContainerHasNothingToBeSaidAbout() {
        Container container = stand.start("plain", List.of(), Stand.PERL, "sleep", "1000");
        assertThat(findings(container)).isEmpty();
    }

    private void assertRefused(Rule rule, Container container) {
        assertThat(findings(container)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.refusal()).isTrue();
        });
        assertThatThrownBy(() -> stand.freezer().freeze(container, LIMIT).close())
                .as("a refusal is certain")
                .isInstanceOf(Fault.class);
    }

    private List<Finding> findings(Container container) {
        return new Preflight(host, stand.freezer()).of(container);
    }
}
