package io.rewind.capture.files;

import io.rewind.capture.staging.Staging;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.FileStat;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * One tree in one capture: {@link #lookAhead} any number of times while the container runs, then {@link #inWindow}
 * once while it stands still, and then {@link #delta}. One thread.
 */
public final class TreeCapture implements AutoCloseable {
    /**
     * The kernel stamps files with a clock that moves in ticks of up to 10 ms: two writes within one tick leave the
     * same times behind. What was written less than two ticks before we looked is looked at again.
     */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Directory root;
    private final EntryReader reader;
    private final KnownTree known;
    private NavigableMap<String, KnownTree.Entry> current;
    private NavigableMap<String, FileStat> walked = new TreeMap<>();
    /** Entries of which a second look at their times would not tell. */
    private List<String> unstable = List.of();

    private Optional<Recheck> recheck = Optional.empty();

    /**
     * @param known the tree at the last published point, {@link KnownTree#EMPTY} to capture all
     * @throws ErrnoException when the directory is not there
     */
    public TreeCapture(Path directory, KnownTree known, Staging staging) {
        this.root = Directory.open(directory);
        this.reader = new EntryReader(root, staging);
        this.known = known;
        this.current = known.entries();
    }

    /**
     * Reads what changed, so that little is left for the window.
     *
     * @param alwaysRead files mapped shared and writable when this is called: what is read of them may be outdated a
     *     moment later without their times saying so
     */
    public void lookAhead(Set<String> alwaysRead) {
        pass(alwaysRead, false);
        closeRecheck();
        unstable = walked.keySet().stream().filter(path -> !isStable(path)).toList();
        recheck = Optional.of(new Recheck(walked, this::isStable));
    }

    /** Whether it was read, and a change since would show in its times. */
    private boolean isStable(String path) {
        return Optional.ofNullable(current.get(path))
                .filter(KnownTree.Entry::stable)
                .isPresent();
    }

    private void closeRecheck() {
        recheck.ifPresent(Recheck::close);
        recheck = Optional.empty();
    }

    /**
     * @param alwaysRead files that may be written without their times changing: those mapped shared and writable
     * @throws ErrnoException when something cannot be read: the capture fails
     */
    public void inWindow(Set<String> alwaysRead) {
        if (recheck.isPresent()) {
            again(recheck.get(), alwaysRead);
        } else {
            pass(alwaysRead, true);
        }
    }

    /** What changed since the last point; the container may run again. */
    public TreeDelta delta() {
        return TreeDelta.between(known.entries(), current);
    }

    private void pass(Set<String> alwaysRead, boolean inWindow) {
        long now = nanos(Instant.now());
        walked = TreeWalk.walk(root);
        Map<String, String> hardLinks = TreeWalk.hardLinks(walked);
        NavigableMap<String, KnownTree.Entry> before = current;
        current = new TreeMap<>();
        walked.forEach((path, stat) -> {
            Optional<KnownTree.Entry> entry = Optional.ofNullable(before.get(path));
            String link = hardLinks.getOrDefault(path, "");
            if (entry.filter(e -> e.isStill(stat) && e.hardLinkTo().equals(link))
                            .isPresent()
                    && !alwaysRead.contains(path)) {
                current.put(path, entry.get());
            } else {
                read(path, stat, link, entry, new Look(now, alwaysRead, inWindow));
            }
        });
    }

    /** The same as a pass, but only what differs from the look-ahead is touched. */
    private void again(Recheck before, Set<String> alwaysRead) {
        Look look = new Look(nanos(Instant.now()), alwaysRead, true);
        NavigableMap<String, Optional<FileStat>> differences = before.differences(root);
        Set<String> touched = new TreeSet<>(differences.keySet());
        unstable.stream().filter(walked::containsKey).forEach(touched::add);
        alwaysRead.stream().filter(walked::containsKey).forEach(touched::add);
        boolean links = touched.stream().anyMatch(this::isLinked)
                || differences.values().stream().flatMap(Optional::stream).anyMatch(TreeCapture::isLinked);
        differences.forEach(
                (path, stat) -> stat.ifPresentOrElse(now -> walked.put(path, now), () -> walked.remove(path)));
        Map<String, String> hardLinks = links ? TreeWalk.hardLinks(walked) : Map.of();
        if (links) {
            walked.forEach((path, stat) -> {
                if (isLinked(stat)) {
                    touched.add(path);
                }
            });
        }
        for (String path : touched) {
            Optional<KnownTree.Entry> entry = Optional.ofNullable(current.remove(path));
            Optional.ofNullable(walked.get(path))
                    .ifPresent(stat -> read(path, stat, hardLinks.getOrDefault(path, ""), entry, look));
        }
    }

    private boolean isLinked(String path) {
        return Optional.ofNullable(walked.get(path))
                .filter(TreeCapture::isLinked)
                .isPresent();
    }

    private static boolean isLinked(FileStat stat) {
        return stat.isRegular() && stat.links() > 1;
    }

    /** When a tree is looked at, and how. */
    private record Look(long now, Set<String> alwaysRead, boolean inWindow) {}

    private void read(String path, FileStat stat, String link, Optional<KnownTree.Entry> before, Look look) {
        BlockTable blocks = before.map(KnownTree.Entry::blocks).orElse(BlockTable.EMPTY);
        // What was mapped at the last point may have been written through memory until it was unmapped.
        KnownTree.Entry published = known.entries().get(path);
        boolean wasUnstable = published != null && !published.stable();
        boolean stable = stat.ctimeNanos() < look.now - TICK_NANOS
                && !look.alwaysRead.contains(path)
                && (look.inWindow || !wasUnstable);
        try {
            current.put(path, reader.read(path, stat, stable, link, blocks));
        } catch (ErrnoException e) {
            // Gone since the walk: while the container runs it may go. Inside the window nothing does.
            if (!e.isNoEntry() && !e.isNotDirectory() && !e.isLoop()) {
                throw e;
            }
        }
    }

    private static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    @Override
    public void close() {
        closeRecheck();
        root.close();
    }
}
