package io.rewind.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rewind.criu.CriuVersion;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private static final HostFacts HOST = new HostFacts(6018, new CriuVersion(4, 2, 1), true, 16L << 30, true);
    private static final Identity ROOT = new Identity("init", 0, true, -1);
    private static final AddressSpace SMALL = new AddressSpace(1L << 30, false, false);
    private static final List<String> GROUPS = List.of("0::/docker/abc");
    private static final ProcessFacts PLAIN = process(ROOT, SMALL, "/dev/null", "socket:[1]", "anon_inode:[eventpoll]");

    @Test
    void nothingSpeaksAgainstAnOrdinaryContainer() {
        assertThat(Preflight.judge(HOST, container(PLAIN, PLAIN))).isEmpty();
    }

    @Test
    void whatCriuCannotDumpIsRefused() {
        assertRefused(Rule.IO_URING, HOST, process(ROOT, SMALL, "anon_inode:[io_uring]"), "io_uring");
        assertRefused(Rule.IO_URING, HOST, process(ROOT, new AddressSpace(0, false, true)), "io_uring");
        assertRefused(Rule.MEMFD_SECRET, HOST, process(ROOT, SMALL, "/secretmem (deleted)"), "memfd_secret");
        assertRefused(Rule.MEMFD_SECRET, HOST, process(ROOT, new AddressSpace(0, true, false)), "memfd_secret");
        assertRefused(Rule.USERFAULTFD, HOST, process(ROOT, SMALL, "anon_inode:[userfaultfd]"), "userfaultfd");
        assertRefused(Rule.TRACED, HOST, process(new Identity("x", 99, true, 0), SMALL), "traced by process 99");
    }

    @Test
    void devicesAreNamed() {
        OpenFile fuse = new OpenFile("/dev/fuse", OptionalLong.of(0xae5));
        ProcessFacts process = new ProcessFacts(7, ROOT, SMALL, List.of(fuse, fuse), GROUPS);
        assertRefused(Rule.DEVICE, HOST, process, "/dev/fuse");
    }

    @Test
    void anotherUserNeedsTheCapability() {
        ProcessFacts other = process(new Identity("redis", 0, false, 0), SMALL);
        assertThat(Preflight.judge(HOST, container(other))).isEmpty();
        HostFacts poor = new HostFacts(6018, HOST.criu(), false, HOST.memory(), true);
        assertRefused(Rule.CAPABILITY, poor, other, "CAP_SYS_RESOURCE");
    }

    @Test
    void reservedAddressSpaceCostsCriuMemory() {
        assertThat(Preflight.judge(HOST, container(process(ROOT, new AddressSpace(1L << 38, false, false)))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.ADDRESS_SPACE);
                    assertThat(finding.refusal()).isFalse();
                    assertThat(finding.sentence()).contains("256 GiB", "1024 MiB", "--innodb-buffer-pool-size-max");
                });
        assertThat(Preflight.judge(HOST, container(process(ROOT, new AddressSpace(8L << 40, false, false)))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("32768 MiB", "more than there is"));
    }

    @Test
    void aTerminalAndAnotherStorageDriverAreRefused() {
        assertThat(Preflight.judge(HOST, new ContainerFacts("web", true, false, false, List.of(PLAIN))))
                .extracting(Finding::rule, Finding::refusal)
                .containsExactly(tuple(Rule.TERMINAL, true), tuple(Rule.NO_OVERLAY, true));
    }

    @Test
    void whatIsGoodToKnowIsNoRefusal() {
        ProcessFacts nested = new ProcessFacts(9, ROOT, SMALL, List.of(), List.of("0::/docker/abc/inner"));
        HostFacts old = new HostFacts(6018, new CriuVersion(4, 1, 1), true, HOST.memory(), false);
        assertThat(Preflight.judge(old, new ContainerFacts("web", false, true, false, List.of(PLAIN, nested))))
                .allMatch(finding -> !finding.refusal())
                .extracting(Finding::rule)
                .containsExactly(Rule.IMAGE_STORE, Rule.NESTED_CGROUP, Rule.CRIU_TOO_OLD, Rule.KERNEL_TOO_OLD);
        HostFacts older = new HostFacts(5010, new CriuVersion(4, 1, 1), true, HOST.memory(), false);
        assertThat(Preflight.judge(older, container(PLAIN)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("5.13"));
    }

    @Test
    void eachRuleSpeaksOnceAndRefusalsFirst() {
        ProcessFacts large = process(ROOT, new AddressSpace(1L << 38, false, false));
        ProcessFacts ring = process(ROOT, SMALL, "anon_inode:[io_uring]");
        assertThat(Preflight.judge(HOST, container(large, large, ring, ring)))
                .extracting(Finding::rule)
                .containsExactly(Rule.IO_URING, Rule.ADDRESS_SPACE);
    }

    private static void assertRefused(Rule rule, HostFacts host, ProcessFacts process, String words) {
        assertThat(Preflight.judge(host, container(PLAIN, process)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(rule);
                    assertThat(finding.refusal()).isTrue();
                    assertThat(finding.sentence()).contains("process 7", words);
                });
    }

    private static ContainerFacts container(ProcessFacts... processes) {
        return new ContainerFacts("web", false, true, true, List.of(processes));
    }

    private static ProcessFacts process(Identity identity, AddressSpace space, String... links) {
        List<OpenFile> files = Arrays.stream(links)
                .map(link -> new OpenFile(link, OptionalLong.empty()))
                .toList();
        return new ProcessFacts(7, identity, space, files, GROUPS);
    }
}
