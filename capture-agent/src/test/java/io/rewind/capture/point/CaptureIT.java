package io.rewind.capture.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.capture.docker.DockerEngine;
import io.rewind.capture.files.TreeDelta;
import io.rewind.capture.files.TreeModel;
import io.rewind.capture.freeze.Criu;
import io.rewind.capture.freeze.CriuFreezer;
import io.rewind.capture.freeze.Window;
import io.rewind.capture.process.ProcessKey;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.DirtyTracker;
import io.rewind.capture.tracker.FrozenSpace;
import io.rewind.capture.tracker.PageRanges;
import io.rewind.capture.tracker.PageTable;
import io.rewind.capture.tracker.TrackerProbe;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.host.HostFingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers of a shell that counts, in memory first and then at the end of a file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureIT {
    private static final String COUNT =
            "t=0; while :; do t=$((t+1)); m=\"tick=$t;\"; echo $t >> /count; sleep 0.01; done";
    private static final Pattern TICK = Pattern.compile("tick=(\\d+);");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path scratch = Path.of("");

    @TempDir
    private Path images = Path.of("");

    @TempDir
    private Path spool = Path.of("");

    private final DockerEngine engine = new DockerEngine();
    private final Criu criu = new Criu("criu");
    private final DirtyTracker tracker = TrackerProbe.choose(Optional.empty()).tracker((process, why) -> {
        throw new AssertionError(process + ": " + why);
    });
    private Optional<DockerCli> cli = Optional.empty();

    @BeforeAll
    void image() throws Exception {
        cli = Optional.of(new DockerCli(scratch));
    }

    @AfterAll
    void remove() throws Exception {
        cli.orElseThrow().removeAll();
        tracker.close();
        criu.close();
        engine.close();
    }

    @AfterEach
    void I1_nothingIsLeftBehind() throws IOException {
        assertThat(in(images)).isEmpty();
        assertThat(in(spool)).isEmpty();
    }

    @Test
    void I2_memoryAndFilesAreOfOneMoment() throws Exception {
        // A shell with a megabyte that never changes.
        String bulk = "b=xxxxxxxxxxxxxxxx; while [ ${#b} -lt 1000000 ]; do b=$b$b; done; ";
        Container container = start("moment", List.of(), bulk + COUNT);
        MemoryModel memory = new MemoryModel();
        TreeModel files = new TreeModel();
        Optional<Baseline> baseline = Optional.empty();
        long last = 0;
        long full = 0;
        for (int i = 0; i < 5; i++) {
            awaitCount(container, last);
            try (Capture capture = capture(container)) {
                CapturedPoint point = capture.take(new Capture.Occasion("test", 1, baseline, Optional.empty()));
                memory.apply(point);
                files.apply(tree(point, ""), point.staging());
                long counted = memory.greatest("1", TICK);
                last = lastLine(files.content("count"));
                assertThat(counted).isBetween(last, last + 1);
                PointHeader header = point.header();
                assertThat(header.getKind()).isEqualTo(i == 0 ? PointKind.FULL : PointKind.DELTA);
                assertThat(header.getParent())
                        .isEqualTo(baseline.map(b -> b.point().text()));
                long written = point.spaces().stream()
                        .filter(space -> space.name().equals("1"))
                        .mapToLong(space -> space.written().length)
                        .sum();
                full = i == 0 ? written : full;
                assertThat(written).isPositive();
                assertThat(header.getPages()).isGreaterThanOrEqualTo(header.getChangedPages());
                if (i > 0) {
                    assertThat(written).isLessThan(full / 10);
                }
                assertThat(point.images())
                        .extracting(ImageContent::name)
                        .contains("descriptors.json", "pstree.img", "core-1.img", "pagemap-1.img")
                        .noneMatch(name -> name.startsWith("pages-"));
                baseline = Optional.of(point.baseline());
            }
        }
        awaitCount(container, last);
    }

    @Test
    void filesComeAndGo() throws Exception {
        Container container = start(
                "files",
                List.of(),
                "mkdir /d; echo old > /d/old; rm /bin/echo; : > /ready; while [ ! -e /go ]; do sleep 0.01; done;"
                        + " rm /d/old; echo new > /d/new; echo same; : > /done; while :; do sleep 0.05; done");
        TreeModel files = new TreeModel();
        MemoryModel memory = new MemoryModel();
        awaitFile(container, "ready");
        Baseline baseline = take(container, Optional.empty(), memory, files);
        assertThat(files.content("d/old")).asString().isEqualTo("old\n");
        assertThat(files.has("bin/echo")).isTrue();

        cli.orElseThrow().docker("exec", container.name(), "/bin/sh", "-c", ": > /go");
        awaitFile(container, "done");
        take(container, Optional.of(baseline), memory, files);
        assertThat(files.has("d/old")).isFalse();
        assertThat(files.content("d/new")).asString().isEqualTo("new\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--net=host", "--net=none", "--init", "--tmpfs=/scratch", "--read-only=false"})
    void containersOfManyKindsAreCapturedAndRunOn(String option) throws Exception {
        Container container = start("kind" + option.replaceAll("[^a-z]", ""), List.of(option), COUNT);
        MemoryModel memory = new MemoryModel();
        TreeModel files = new TreeModel();
        awaitCount(container, 0);
        Baseline baseline = take(container, Optional.empty(), memory, files);
        long last = lastLine(files.content("count"));
        awaitCount(container, last);
        take(container, Optional.of(baseline), memory, files);
        assertThat(lastLine(files.content("count"))).isGreaterThan(last);
    }

    @Test
    void aNetworkThatBelongsToAnotherContainer() throws Exception {
        Container owner = start("owner", List.of(), COUNT);
        Container guest = start("guest", List.of("--net=container:" + owner.id()), COUNT);
        TreeModel files = new TreeModel();
        awaitCount(guest, 0);
        take(guest, Optional.empty(), new MemoryModel(), files);
        awaitCount(guest, lastLine(files.content("count")));
    }

    /** CRIU takes orphan_pts_master by RPC only; until it is asked that way, the reason is said. */
    @Test
    void aContainerWithATerminalIsRefusedWithAReasonAndRunsOn() throws Exception {
        Container container = start("terminal", List.of("-t"), COUNT);
        awaitCount(container, 0);
        assertThatThrownBy(() -> new CriuFreezer(criu, images).freeze(container, LIMIT))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("tty");
        awaitCount(container, count(container));
    }

    /** The tick is written to the upper directory, then to a volume, then to a folder of the host. */
    @Test
    void I2_volumesAreOfTheSameMomentAndBindMountsOnlyWhenAsked() throws Exception {
        Path shared = Files.createDirectory(scratch.resolve("shared folder"));
        Path unasked = Files.createDirectory(scratch.resolve("unasked"));
        String everywhere = "t=0; while :; do t=$((t+1)); for f in /count /volume/count '/shared folder/count'; do"
                + " echo $t >> \"$f\"; done; sleep 0.01; done";
        List<String> options = List.of(
                "-v",
                shared + ":/shared folder",
                "-v",
                unasked + ":/unasked",
                "-v",
                "/volume",
                "-v",
                "/left",
                "--label",
                "rewind.volumes=/volume",
                "--label",
                "rewind.binds=/shared folder");
        Container container = start("mounts", options, everywhere);
        TreeModel upper = new TreeModel();
        TreeModel volume = new TreeModel();
        TreeModel bound = new TreeModel();
        Optional<Baseline> baseline = Optional.empty();
        long last = 0;
        for (int i = 0; i < 3; i++) {
            awaitCount(container, last);
            try (Capture capture = capture(container)) {
                CapturedPoint point = capture.take(new Capture.Occasion("test", 1, baseline, Optional.empty()));
                assertThat(point.trees()).containsOnlyKeys("", "/volume", "/shared folder");
                upper.apply(tree(point, ""), point.staging());
                volume.apply(tree(point, "/volume"), point.staging());
                bound.apply(tree(point, "/shared folder"), point.staging());
                baseline = Optional.of(point.baseline());
            }
            last = lastLine(upper.content("count"));
            long inVolume = lastLine(volume.content("count"));
            assertThat(inVolume).isBetween(last - 1, last);
            assertThat(lastLine(bound.content("count"))).isBetween(inVolume - 1, inVolume);
        }
        awaitCount(container, last);
    }

    @Test
    void everyProcessOfATreeIsCaptured() throws Exception {
        Container container = start(
                "tree",
                List.of(),
                "f() { who=\"child=$1;\"; : > /ready$1; while :; do sleep 1000; done; };"
                        + " f 1 & f 2 & f 3 & while :; do sleep 1000; done");
        for (int child = 1; child <= 3; child++) {
            awaitFile(container, "ready" + child);
        }
        MemoryModel memory = new MemoryModel();
        awaitTasks(container, 8);
        take(container, Optional.empty(), memory, new TreeModel());
        assertThat(memory.spaces()).hasSize(8);
        Pattern child = Pattern.compile("child=(\\d);");
        assertThat(memory.spaces().stream().map(space -> memory.greatest(space, child)))
                .contains(1L, 2L, 3L);
    }

    /** Two children that count, and a parent that forks and has the fork run another program all the time. */
    @Test
    void I7_whatIsNotReadIsAsItWas() throws Exception {
        Container container = start(
                "forks",
                List.of(),
                "b=xxxxxxxxxxxxxxxx; while [ ${#b} -lt 300000 ]; do b=$b$b; done;"
                        + " f() { while :; do t=$((t+1)); w=\"child=$t;\"; sleep 0.01; done; };"
                        + " f & f & n=0; while :; do n=$((n+1)); echo $n >> /count; (x=$n; exec sleep 0.05); done");
        awaitCount(container, 0);
        CriuFreezer freezer = new CriuFreezer(criu, images);
        Map<ProcessKey, PageTable> known = new HashMap<>();
        Set<ProcessKey> seen = new HashSet<>();
        long spared = 0;
        for (int point = 0; point < 8; point++) {
            tracker.lookAhead(freezer.processes(container));
            try (Staging staging = new Staging(spool, 64 << 20, 1L << 30);
                    Window window = freezer.freeze(container, LIMIT)) {
                for (FrozenSpace space : window.spaces()) {
                    ProcessKey process = space.process().orElseThrow();
                    PageTable before = known.getOrDefault(process, PageTable.EMPTY);
                    SpaceReading tracked = SpaceReading.inWindow(space, before, tracker.unchanged(space), staging);
                    SpaceReading whole = SpaceReading.inWindow(space, PageTable.EMPTY, PageRanges.EMPTY, staging);
                    PageTable now = tracked.finish(before).after();
                    assertThat(now.digest())
                            .isEqualTo(whole.finish(PageTable.EMPTY).after().digest());
                    spared += seen.add(process) ? 0 : now.size() - tracked.copied();
                    known.put(process, now);
                }
                window.release();
            }
            awaitCount(container, count(container) + point);
        }
        assertThat(seen).hasSizeGreaterThan(5);
        assertThat(spared).isPositive();
    }

    @Test
    void aPausedContainerIsRefusedAndStaysAsItIs() throws Exception {
        Container container = start("paused", List.of(), COUNT);
        awaitCount(container, 0);
        cli.orElseThrow().docker("pause", container.name());
        try {
            assertThatThrownBy(() -> new CriuFreezer(criu, images).freeze(container, Duration.ofSeconds(2)))
                    .isInstanceOf(Fault.class);
            assertThat(engine.inspect(container.name()).orElseThrow().paused()).isTrue();
        } finally {
            cli.orElseThrow().docker("unpause", container.name());
        }
        awaitCount(container, count(container));
    }

    @Test
    void aContainerStoppedSinceItWasSeenIsAFault() throws Exception {
        Container container = start("stopped", List.of(), COUNT);
        cli.orElseThrow().docker("rm", "-f", container.name());
        try (Capture capture = capture(container)) {
            assertThatThrownBy(() -> capture.take(new Capture.Occasion("test", 1, Optional.empty(), Optional.empty())))
                    .isInstanceOf(Fault.class)
                    .extracting(e -> ((Fault) e).code())
                    .isEqualTo(CaptureFault.READ_FAILED);
        }
        assertThatThrownBy(() -> new CriuFreezer(criu, images).freeze(container, LIMIT))
                .isInstanceOf(Fault.class);
    }

    @Test
    void I1_criuKilledInTheWindowLetsTheContainerRunOn() throws Exception {
        Container container = start("killed", List.of(), COUNT);
        awaitCount(container, 0);
        try (Window window = new CriuFreezer(criu, images).freeze(container, LIMIT)) {
            assertThat(state(container)).isEqualTo("t");
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
        take(container, Optional.empty(), new MemoryModel(), new TreeModel());
    }

    @Test
    void I1_theLimitEndsAFreeze() throws Exception {
        Container container = start("limit", List.of(), COUNT);
        awaitCount(container, 0);
        try (Window window = new CriuFreezer(criu, images).freeze(container, Duration.ofMillis(800))) {
            long count = count(container);
            awaitCount(container, count);
            assertThatThrownBy(window::release)
                    .isInstanceOf(Fault.class)
                    .extracting(e -> ((Fault) e).code())
                    .isEqualTo(CaptureFault.FREEZE_LIMIT);
        }
        take(container, Optional.empty(), new MemoryModel(), new TreeModel());
    }

    @Test
    void I1_aLimitTooShortForCriuIsAFault() throws Exception {
        Container container = start("short", List.of(), COUNT);
        awaitCount(container, 0);
        assertThatThrownBy(() -> new CriuFreezer(criu, images).freeze(container, Duration.ofMillis(1)))
                .isInstanceOf(Fault.class)
                .extracting(e -> ((Fault) e).code())
                .isEqualTo(CaptureFault.FREEZE_LIMIT);
        awaitCount(container, count(container));
    }

    @Test
    void I1_aWindowClosedWithoutReleaseLetsTheContainerRunOn() throws Exception {
        Container container = start("closed", List.of(), COUNT);
        awaitCount(container, 0);
        long count;
        try (Window window = new CriuFreezer(criu, images).freeze(container, LIMIT)) {
            assertThat(window.spaces()).isNotEmpty();
            count = count(container);
        }
        awaitCount(container, count);
        assertThat(dumps(container)).isEmpty();
    }

    private Container start(String name, List<String> options, String script) throws Exception {
        String full = cli.orElseThrow().start(name, options, script);
        return engine.inspect(full).orElseThrow();
    }

    private Capture capture(Container container) {
        Capture.Means means =
                new Capture.Means(new CriuFreezer(criu, images), LIMIT, HostFingerprint.of("4.2"), "here");
        return new Capture(means, container, tracker, new Staging(spool, 8 << 20, 1L << 30));
    }

    private Baseline take(Container container, Optional<Baseline> baseline, MemoryModel memory, TreeModel files)
            throws InterruptedException {
        try (Capture capture = capture(container)) {
            CapturedPoint point = capture.take(new Capture.Occasion("test", 1, baseline, Optional.empty()));
            memory.apply(point);
            files.apply(tree(point, ""), point.staging());
            return point.baseline();
        }
    }

    private static TreeDelta tree(CapturedPoint point, String name) {
        return Objects.requireNonNull(point.trees().get(name));
    }

    /** Read through the process, so without the agent's own idea of where files are. */
    private static long count(Container container) throws IOException {
        Path file = root(container).resolve("count");
        return Files.exists(file) ? lastLine(Files.readAllBytes(file)) : 0;
    }

    private static void awaitCount(Container container, long above) {
        await().atMost(PATIENCE).until(() -> count(container) > above);
    }

    private static void awaitFile(Container container, String file) {
        await().atMost(PATIENCE).until(() -> Files.exists(root(container).resolve(file)));
    }

    private void awaitTasks(Container container, int tasks) {
        await().atMost(PATIENCE)
                .until(() -> cli.orElseThrow()
                                .docker("top", container.name(), "-o", "pid,comm")
                                .lines()
                                .filter(line -> line.endsWith("sh") || line.endsWith("sleep"))
                                .count()
                        == tasks);
    }

    private static long lastLine(byte[] content) {
        String[] lines = new String(content, StandardCharsets.ISO_8859_1).split("\n");
        String last = lines[lines.length - 1];
        return last.isEmpty() ? 0 : Long.parseLong(last);
    }

    private static Path root(Container container) {
        return Path.of("/proc", Integer.toString(container.pid()), "root");
    }

    private static String state(Container container) throws IOException {
        String stat = Files.readString(Path.of("/proc", Integer.toString(container.pid()), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    }

    /** CRIU itself, not what watches over it. */
    private static List<ProcessHandle> dumps(Container container) {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> commandLine(p).contains(" dump --tree " + container.pid() + " "))
                .filter(p -> !commandLine(p).contains("timeout"))
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

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
