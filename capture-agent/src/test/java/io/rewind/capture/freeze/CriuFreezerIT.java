package io.rewind.capture.freeze;

import static io.rewind.capture.stand.Counter.awaitCount;
import static io.rewind.capture.stand.Counter.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.capture.stand.Counter;
import io.rewind.capture.stand.Stand;
import io.rewind.capture.tracker.FrozenSpace;
import io.rewind.criu.Entry;
import io.rewind.criu.PageMaps;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.process.TaskTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** I1: however a freeze ends, the container runs on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CriuFreezerIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @AutoClose
    private final Stand stand = new Stand();

    @TempDir
    private Path images = Path.of("");

    @AfterEach
    void nothingIsLeftBehind() {
        await().atMost(LIMIT).untilAsserted(() -> {
            try (Stream<Path> files = Files.list(images)) {
                assertThat(files).isEmpty();
            }
        });
    }

    /** CRIU takes orphan_pts_master by RPC only; until it is asked that way, the reason is said. */
    @Test
    void aContainerWithATerminalIsRefusedWithAReasonAndRunsOn() throws Exception {
        Container container = stand.start("terminal", List.of("-t"), Counter.SCRIPT);
        awaitCount(container, 0);
        assertThatThrownBy(() -> freezer().freeze(container, LIMIT))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("tty");
        awaitCount(container, count(container));
    }

    @Test
    void aPausedContainerIsRefusedAndStaysAsItIs() throws Exception {
        Container container = stand.start("paused", List.of(), Counter.SCRIPT);
        awaitCount(container, 0);
        stand.docker("pause", container.name());
        try {
            assertThatThrownBy(() -> freezer().freeze(container, Duration.ofSeconds(2)))
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.code()).isEqualTo(CaptureFault.CONTAINER_PAUSED));
            assertThat(stand.engine().inspect(container.name()).orElseThrow().paused())
                    .isTrue();
        } finally {
            stand.docker("unpause", container.name());
        }
        awaitCount(container, count(container));
    }

    @Test
    void aConnectionThatNobodyHasAcceptedYetIsNoReasonToFail() throws Exception {
        String program = "use Socket; my ($s, $c); my $at = sockaddr_in(7777, INADDR_LOOPBACK);"
                + " socket($s, PF_INET, SOCK_STREAM, 0) && bind($s, $at) && listen($s, 5) or die $!;"
                + " socket($c, PF_INET, SOCK_STREAM, 0) && connect($c, $at) or die $!;"
                + " open(my $o, '>>', '/count'); for (my $n = 1; ; $n++) { syswrite($o, \"$n\\n\");"
                + " select(undef, undef, undef, 0.01) }";
        Container container = stand.start("in-flight", List.of(), Stand.PERL, "perl", "-e", program);
        awaitCount(container, 0);
        try (Window window = freezer().freeze(container, LIMIT)) {
            assertThat(window.release()).isPositive();
        }
        awaitCount(container, count(container));
    }

    @Test
    void I1_criuKilledInTheWindowLetsTheContainerRunOn() throws Exception {
        Container container = stand.start("killed", List.of(), Counter.SCRIPT);
        awaitCount(container, 0);
        try (Window window = freezer().freeze(container, LIMIT)) {
            assertThat(TaskTree.isStopped(container.pid())).isTrue();
            long count = count(container);
            for (ProcessHandle dump : dumps(container)) {
                dump.destroyForcibly();
            }
            awaitCount(container, count);
            assertThatThrownBy(window::release)
                    .isInstanceOf(Fault.class)
                    .extracting(e -> ((Fault) e).code())
                    .isIn(CaptureFault.FREEZE_LIMIT, CaptureFault.DUMP_FAILED);
        }
        freezer().freeze(container, LIMIT).close();
    }

    @Test
    void I1_theLimitEndsAFreeze() throws Exception {
        Container container = stand.start("limit", List.of(), Counter.SCRIPT);
        awaitCount(container, 0);
        try (Window window = freezer().freeze(container, Duration.ofMillis(800))) {
            long count = count(container);
            awaitCount(container, count);
            assertThatThrownBy(window::release)
                    .isInstanceOf(Fault.class)
                    .extracting(e -> ((Fault) e).code())
                    .isEqualTo(CaptureFault.FREEZE_LIMIT);
        }
        freezer().freeze(container, LIMIT).close();
    }

    @Test
    void I1_aLimitTooShortForCriuIsAFault() throws Exception {
        Container container = stand.start("short", List.of(), Counter.SCRIPT);
        awaitCount(container, 0);
        assertThatThrownBy(() -> freezer().freeze(container, Duration.ofMillis(1)))
                .isInstanceOf(Fault.class)
                .extracting(e -> ((Fault) e).code())
                .isEqualTo(CaptureFault.FREEZE_LIMIT);
        awaitCount(container, count(container));
    }

    @Test
    void I1_aWindowClosedWithoutReleaseLetsTheContainerRunOn() throws Exception {
        Container container = stand.start("closed", List.of(), Counter.SCRIPT);
        awaitCount(container, 0);
        long count;
        try (Window window = freezer().freeze(container, LIMIT)) {
            assertThat(window.spaces()).isNotEmpty();
            count = count(container);
        }
        awaitCount(container, count);
        assertThat(dumps(container)).isEmpty();
    }

    /** CRIU itself says of each page whether it may come late; without a parent image in between the answers are the same. */
    @Test
    void I7_pagesThatCriuLeftAloneAreInTheImagesAsIfItHadNot() throws Exception {
        assumeThat(stand.spared()).isPresent();
        Container container = stand.start("alone", List.of(), "while :; do sleep 100000; done");
        awaitTasks(container, 2);
        Map<String, Map<Long, Integer>> plain =
                flags(new CriuFreezer(stand.criu(), Optional.empty(), images), container);
        try (Window window = freezer().freeze(container, LIMIT)) {
            assertThat(window.spaces())
                    .hasSize(2)
                    .allSatisfy(space ->
                            assertThat(space.stretches()).isNotEmpty().allMatch(FrozenSpace.Stretch::inProcess));
            window.release();
            assertThat(window.images().resolve("parent")).doesNotExist();
        }
        assertThat(flags(freezer(), container)).isEqualTo(plain);
    }

    private static Map<String, Map<Long, Integer>> flags(CriuFreezer freezer, Container container) {
        try (Window window = freezer.freeze(container, LIMIT)) {
            window.release();
            Map<String, Map<Long, Integer>> spaces = new TreeMap<>();
            for (PageMaps.Located located : PageMaps.inFolder(window.images())) {
                Map<Long, Integer> pages = new TreeMap<>();
                for (Entry entry : located.map().entries()) {
                    for (long address = entry.vaddr(); address < entry.end(); address += Entry.PAGE) {
                        pages.put(address, entry.flags());
                    }
                }
                spaces.put(located.map().space(), pages);
            }
            return spaces;
        }
    }

    private static void awaitTasks(Container container, int tasks) {
        await().atMost(LIMIT)
                .until(() -> TaskTree.below(container.pid()).byInnerPid().size() == tasks);
    }

    private CriuFreezer freezer() {
        return new CriuFreezer(stand.criu(), stand.spared(), images);
    }

    /** CRIU itself, not what watches over it. */
    private static List<ProcessHandle> dumps(Container container) {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> commandLine(p).contains(" dump --tree " + container.pid() + " "))
                .filter(p -> !commandLine(p).contains("dump-guard"))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return new String(line, StandardCharsets.ISO_8859_1).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }
}
