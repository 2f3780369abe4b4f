package io.rewind.capture.point;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.capture.files.SharedMappings;
import io.rewind.capture.files.TreeCaptures;
import io.rewind.capture.files.TreeDelta;
import io.rewind.capture.freeze.Freezer;
import io.rewind.capture.freeze.Window;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.DirtyTracker;
import io.rewind.capture.tracker.FrozenSpace;
import io.rewind.capture.tracker.PageTable;
import io.rewind.criu.ImageNames;
import io.rewind.event.Fingerprint;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.priority.Priority;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.schemas.id.PointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One capture of one container: look ahead, freeze, read, release. Whatever fails, the container runs on and nothing
 * is left behind once this is closed. One thread.
 */
public final class Capture implements AutoCloseable {
    /** What every capture of an agent shares. */
    public record Means(Freezer freezer, Duration freezeLimit, Fingerprint fingerprint, String host) {}

    /**
     * What this one is about.
     *
     * @param baseline empty for a full point; may be of the start before, whose processes are others
     * @param branch the restored point that the container grows from, for the first one after a restore
     */
    public record Occasion(String trigger, int incarnation, Optional<Baseline> baseline, Optional<PointId> branch) {}

    private static final Logger log = LoggerFactory.getLogger(Capture.class);

    private final Means means;
    private final Container container;
    private final DirtyTracker tracker;
    private final Staging staging;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** @param staging empty, for this capture alone; closed with it */
    public Capture(Means means, Container container, DirtyTracker tracker, Staging staging) {
        this.means = means;
        this.container = container;
        this.tracker = tracker;
        this.staging = staging;
        open.push(staging);
    }

    /**
     * @throws Fault with a {@link CaptureFault}: why there is no point
     * @throws InterruptedException before the freeze
     */
    public CapturedPoint take(Occasion occasion) throws InterruptedException {
        try {
            return read(occasion);
        } catch (IOException | UncheckedIOException | ErrnoException e) {
            throw new Fault(
                    CaptureFault.READ_FAILED,
                    Severity.RETRYABLE,
                    "memory or files of " + container.name() + " could not be read: " + e.getMessage(),
                    e);
        }
    }

    private CapturedPoint read(Occasion occasion) throws IOException, InterruptedException {
        Optional<Baseline> base = occasion.baseline();
        // The longer the look-ahead takes, the more is left for the freeze; and then a container waits.
        Priority.Raised first = opened(Priority.thread());
        TreeCaptures files = opened(new TreeCaptures(
                means.freezer().trees(container), base.map(Baseline::trees).orElse(Map.of()), staging));
        List<ProcessKey> processes = means.freezer().processes(container);
        files.lookAhead(SharedMappings.writable(processes));
        tracker.lookAhead(processes);
        Map<ProcessKey, SpaceAhead> ahead = new HashMap<>();
        MemoryLookAhead memory = new MemoryLookAhead(tracker, staging);
        for (ProcessKey process : processes) {
            PageTable before = base.map(b -> b.of(process)).orElse(PageTable.EMPTY);
            ahead.put(process, memory.of(process, before));
        }

        Window window = opened(means.freezer().freeze(container, means.freezeLimit()));
        List<SpaceReading> readings = new ArrayList<>();
        for (FrozenSpace space : window.spaces()) {
            PageTable known = known(space, base);
            SpaceAhead atHand = space.process()
                    .flatMap(process -> Optional.ofNullable(ahead.get(process)))
                    .orElse(SpaceAhead.of(known));
            readings.add(SpaceReading.inWindow(space, known, atHand, tracker.unchanged(space), staging));
        }
        files.inWindow(SharedMappings.writable(frozen(window)));
        long frozen = window.release();
        first.close();

        SortedMap<String, TreeDelta> trees = files.deltas();
        List<SpaceDelta> spaces = new ArrayList<>();
        for (SpaceReading reading : readings) {
            spaces.add(reading.finish(published(reading.name(), base)));
        }
        addVanished(spaces, base);
        List<ImageContent> images = images(window.images());
        return new CapturedPoint(
                header(occasion, window, frozen, spaces, trees.values(), images),
                container.inspect(),
                container.startedAt(),
                spaces,
                trees,
                images,
                staging);
    }

    private static List<ProcessKey> frozen(Window window) {
        return window.spaces().stream()
                .flatMap(space -> space.process().stream())
                .toList();
    }

    /** What the last point has under this name. */
    private static PageTable published(String name, Optional<Baseline> base) {
        return base.map(b -> b.spaces().get(name)).map(Baseline.Space::pages).orElse(PageTable.EMPTY);
    }

    /** What the last point has of this very space: another process may have got the name. */
    private static PageTable known(FrozenSpace space, Optional<Baseline> base) {
        return base.map(b -> b.spaces().get(space.name()))
                .filter(before -> before.process().equals(space.process()))
                .map(Baseline.Space::pages)
                .orElse(PageTable.EMPTY);
    }

    private static void addVanished(List<SpaceDelta> spaces, Optional<Baseline> base) {
        Set<String> there = new HashSet<>();
        spaces.forEach(space -> there.add(space.name()));
        for (Map.Entry<String, Baseline.Space> old :
                base.map(Baseline::spaces).orElse(Map.of()).entrySet()) {
            if (!there.contains(old.getKey())) {
                PageTable pages = old.getValue().pages();
                spaces.add(new SpaceDelta(
                        old.getKey(),
                        Optional.empty(),
                        pages.without(PageTable.EMPTY),
                        new long[0],
                        new long[0],
                        0,
                        PageTable.EMPTY));
            }
        }
    }

    /** Everything but the pages files, whose content travels as pages. */
    private List<ImageContent> images(Path folder) throws IOException {
        List<ImageContent> images = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!ImageNames.allowed(name)) {
                    throw new Fault(
                            CaptureFault.DUMP_FAILED,
                            Severity.RETRYABLE,
                            "CRIU wrote an image of unknown kind, " + name);
                }
                if (ImageNames.pagesId(name).isEmpty()) {
                    images.add(ImageContent.of(file));
                }
            }
        }
        images.sort(Comparator.comparing(ImageContent::name));
        return images;
    }

    private PointHeader header(
            Occasion occasion,
            Window window,
            long frozen,
            List<SpaceDelta> spaces,
            Collection<TreeDelta> trees,
            List<ImageContent> images) {
        boolean full = occasion.baseline().isEmpty();
        Optional<PointId> parent =
                full ? occasion.branch() : occasion.baseline().map(Baseline::point);
        return PointHeader.newBuilder()
                .setTimeline(container.timeline().text())
                .setPoint(PointId.at(window.frozenAt()).text())
                .setKind(full ? PointKind.FULL : PointKind.DELTA)
                .setParent(parent.map(PointId::text).orElse(null))
                .setBranch(occasion.branch().map(PointId::text).orElse(null))
                .setHost(means.host())
                .setContainer(container.id())
                .setName(container.name())
                .setImage(container.image())
                .setIncarnation(occasion.incarnation())
                .setCaptured(window.frozenAt().truncatedTo(ChronoUnit.MICROS))
                .setFrozenNanos(frozen)
                .setTrigger(occasion.trigger())
                .setTracker(tracker.name())
                .setFingerprint(means.fingerprint())
                .setPages(spaces.stream().mapToLong(s -> s.after().size()).sum())
                .setChangedPages(
                        spaces.stream().mapToLong(s -> s.written().length).sum())
                .setWrittenPages(spaces.stream().mapToLong(SpaceDelta::looked).sum())
                .setFiles(trees.stream().mapToLong(TreeDelta::files).sum())
                .setChangedFiles(
                        trees.stream().mapToLong(TreeDelta::changedFiles).sum())
                .setRawBytes(CapturedPoint.rawBytes(spaces, trees, images))
                .build();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** Closes everything, also when one part cannot be closed. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("after a capture of {}: {} was not closed", container.name(), part, e);
            }
        }
    }
}
