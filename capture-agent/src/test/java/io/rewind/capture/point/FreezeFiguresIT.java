package io.rewind.capture.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.docker.Container;
import io.rewind.capture.freeze.CriuFreezer;
import io.rewind.capture.freeze.SparedPages;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.stand.Stand;
import io.rewind.capture.tracker.DirtyTracker;
import io.rewind.capture.tracker.TrackerKind;
import io.rewind.schemas.host.HostFingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints how long a container of some size stands still when one page in a hundred was written. Judges nothing. */
@EnabledIfSystemProperty(named = "rewind.figures", matches = "true", disabledReason = "prints figures, proves nothing")
class FreezeFiguresIT {
    private static final int POINTS = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Perl with the host's libraries; writes whenever it finds the file /go. */
    private static final String WRITER = "exec perl -e 'my $n = shift() * 256; my $b = \"x\" x (4096 * $n); my $i = 0;"
            + " open(F, \">/go\"); close(F);"
            + " while (1) { if (-e \"/go\") { for (1 .. $n / 100) { $i = ($i + 7919) % $n;"
            + " substr($b, 4096 * $i, 1) = chr(65 + rand 26); } unlink \"/go\"; }"
            + " select(undef, undef, undef, 0.01); }' ";

    @AutoClose
    private final Stand stand = new Stand();

    @Test
    void freezes() throws Exception {
        for (int mebibytes : new int[] {16, 256, 1024}) {
            Container container = stand.start(
                    "figures" + mebibytes,
                    List.of("-v", "/usr:/usr:ro", "-v", "/lib:/lib:ro", "-v", "/lib64:/lib64:ro"),
                    "PATH=/usr/bin:/bin; " + WRITER + mebibytes);
            print(mebibytes, "full-scan", points(container, TrackerKind.FULL_SCAN, Optional.empty()));
            print(mebibytes, "write-protect", points(container, TrackerKind.WRITE_PROTECT, Optional.empty()));
            print(mebibytes, "… spared", points(container, TrackerKind.WRITE_PROTECT, stand.spared()));
            stand.docker("stop", "-t", "0", container.name());
        }
    }

    private List<CapturedPoint> points(Container container, TrackerKind kind, Optional<SparedPages> spared)
            throws Exception {
        Path go = Path.of("/proc/" + container.pid() + "/root/go");
        Capture.Means means = new Capture.Means(
                new CriuFreezer(stand.criu(), spared, Path.of("/dev/shm")),
                Duration.ofSeconds(30),
                HostFingerprint.of("4.2"),
                "here");
        List<CapturedPoint> points = new ArrayList<>();
        try (DirtyTracker tracker = kind.tracker((process, why) -> {
            throw new AssertionError(why);
        })) {
            Optional<Baseline> baseline = Optional.empty();
            for (int i = 0; i <= POINTS; i++) {
                await().atMost(PATIENCE).until(() -> !Files.exists(go));
                try (Capture capture =
                        new Capture(means, container, tracker, new Staging(stand.scratch(), 192 << 20, 4L << 30))) {
                    CapturedPoint point = capture.take(new Capture.Occasion("test", 1, baseline, Optional.empty()));
                    points.add(point);
                    baseline = Optional.of(point.baseline());
                }
                Files.createFile(go);
            }
        }
        assertThat(points).hasSize(POINTS + 1);
        return points;
    }

    private static void print(int mebibytes, String how, List<CapturedPoint> points) {
        List<Long> frozen = points.stream()
                .skip(1)
                .map(point -> point.header().getFrozenNanos() / 1_000_000)
                .sorted()
                .toList();
        System.out.printf(
                Locale.ROOT,
                "| %d MiB | %s | first %d ms | %s ms | median %d ms | %d of %d pages changed |%n",
                mebibytes,
                how,
                points.getFirst().header().getFrozenNanos() / 1_000_000,
                frozen,
                frozen.get(POINTS / 2),
                points.getLast().header().getChangedPages(),
                points.getLast().header().getPages());
    }
}
