package io.rewind.capture.point;

import static io.rewind.capture.stand.Counter.awaitCount;
import static io.rewind.capture.stand.Counter.awaitFile;
import static io.rewind.capture.stand.Counter.count;
import static io.rewind.capture.stand.Counter.lastLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.capture.files.TreeDelta;
import io.rewind.capture.files.TreeModel;
import io.rewind.capture.freeze.CriuFreezer;
import io.rewind.capture.freeze.Window;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.stand.Counter;
import io.rewind.capture.stand.Stand;
import io.rewind.capture.tracker.DirtyTracker;
import io.rewind.capture.tracker.FrozenSpace;
import io.rewind.capture.tracker.PageTable;
import io.rewind.capture.tracker.TrackerProbe;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.schemas.host.HostFingerprint;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the points of real containers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureIT {
    private static final Pattern TICK = Pattern.compile("tick=(\\d+);");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @AutoClose
    private final Stand stand = new Stand();

    @TempDir
    private Path images = Path.of("");

    @TempDir
    private Path spool = Path.of("");

    @AutoClose
    private final DirtyTracker tracker = TrackerProbe.choose(Optional.empty()).tracker((process, why) -> {
        throw new AssertionError(process + ": " + why);
    });

    @AfterEach
    void I1_nothingIsLeftBehind() throws IOException {
        assertThat(in(images)).isEmpty();
        assertThat(in(spool)).isEmpty();
    }

    @Test
    void I2_memoryAndFilesAreOfOneMoment() throws Exception {
        // A shell with a megabyte that never changes.
        String bulk = "b=xxxxxxxxxxxxxxxx; while [ ${#b} -lt 1000000 ]; do b=$b$b; done; ";
        Container container = stand.start("moment", List.of(), bulk + Counter.SCRIPT);
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
        Container container = stand.start(
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

        stand.docker("exec", container.name(), "/bin/sh", "-c", ": > /go");
        awaitFile(container, "done");
        take(container, Optional.of(baseline), memory, files);
        assertThat(files.has("d/old")).isFalse();
        assertThat(files.content("d/new")).asString().isEqualTo("new\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--net=host", "--net=none", "--init", "--tmpfs=/scratch", "--read-only=false"})
    void containersOfManyKindsAreCapturedAndRunOn(String option) throws Exception {
        Container container = stand.start("kind" + option.replaceAll("[^a-z]", ""), List.of(option), Counter.SCRIPT);
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
        Container owner = stand.start("owner", List.of(), Counter.SCRIPT);
        Container guest = stand.start("guest", List.of("--net=container:" + owner.id()), Counter.SCRIPT);
        TreeModel files = new TreeModel();
        awaitCount(guest, 0);
        take(guest, Optional.empty(), new MemoryModel(), files);
        awaitCount(guest, lastLine(files.content("count")));
    }

    /** The tick is written to the upper directory, then to a volume, then to a folder of the host. */
    @Test
    void I2_volumesAreOfTheSameMomentAndBindMountsOnlyWhenAsked() throws Exception {
        Path shared = Files.createDirectory(stand.scratch().resolve("shared folder"));
        Path unasked = Files.createDirectory(stand.scratch().resolve("unasked"));
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
        Container container = stand.start("mounts", options, everywhere);
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
        Container container = stand.start(
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
        Container container = stand.start(
                "forks",
                List.of(),
                "b=xxxxxxxxxxxxxxxx; while [ ${#b} -lt 300000 ]; do b=$b$b; done;"
                        + " f() { while :; do t=$((t+1)); w=\"child=$t;\"; sleep 0.01; done; };"
                        + " f & f & n=0; while :; do n=$((n+1)); echo $n >> /count; (x=$n; exec sleep 0.05); done");
        awaitCount(container, 0);
        CriuFreezer freezer = new CriuFreezer(stand.criu(), stand.spared(), images);
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
    void aContainerStoppedSinceItWasSeenIsAFault() throws Exception {
        Container container = stand.start("stopped", List.of(), Counter.SCRIPT);
        stand.docker("rm", "-f", container.name());
        try (Capture capture = capture(container)) {
            assertThatThrownBy(() -> capture.take(new Capture.Occasion("test", 1, Optional.empty(), Optional.empty())))
                    .isInstanceOf(Fault.class)
                    .extracting(e -> ((Fault) e).code())
                    .isEqualTo(CaptureFault.READ_FAILED);
        }
        assertThatThrownBy(() -> new CriuFreezer(stand.criu(), stand.spared(), images).freeze(container, LIMIT))
                .isInstanceOf(Fault.class);
    }

    private Capture capture(Container container) {
        Capture.Means means = new Capture.Means(
                new CriuFreezer(stand.criu(), stand.spared(), images), LIMIT, HostFingerprint.of("4.2"), "here");
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

    private void awaitTasks(Container container, int tasks) {
        await().atMost(PATIENCE)
                .until(() -> stand.docker("top", container.name(), "-o", "pid,comm")
                                .lines()
                                .filter(line -> line.endsWith("sh") || line.endsWith("sleep"))
                                .count()
                        == tasks);
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
