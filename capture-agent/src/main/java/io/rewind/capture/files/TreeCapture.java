package io.rewind.capture.files;

import io.rewind.capture.staging.Staging;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.FileStat;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One tree in one capture: {@link #lookAhead} any number of times while the container runs, then {@link #inWindow}
 * once while it stands still. One thread.
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
    }

    /**
     * @param alwaysRead files that may be written without their times changing: those mapped shared and writable
     * @throws ErrnoException when something cannot be read: the capture fails
     */
    public TreeDelta inWindow(Set<String> alwaysRead) {
        pass(alwaysRead, true);
        return TreeDelta.between(known.entries(), current);
    }

    private void pass(Set<String> alwaysRead, boolean inWindow) {
        long now = nanos(Instant.now());
        NavigableMap<String, FileStat> walked = TreeWalk.walk(root);
        Map<String, String> hardLinks = TreeWalk.hardLinks(walked);
        NavigableMap<String, KnownTree.Entry> next = new TreeMap<>();
        walked.forEach((path, stat) -> {
            KnownTree.Entry before = current.get(path);
            String link = hardLinks.getOrDefault(path, "");
            if (before != null
                    && before.isStill(stat)
                    && !alwaysRead.contains(path)
                    && before.hardLinkTo().equals(link)) {
                next.put(path, before);
                return;
            }
            BlockTable blocks = before == null ? BlockTable.EMPTY : before.blocks();
            // What was mapped at the last point may have been written through memory until it was unmapped.
            KnownTree.Entry published = known.entries().get(path);
            boolean wasUnstable = published != null && !published.stable();
            boolean stable =
                    stat.ctimeNanos() < now - TICK_NANOS && !alwaysRead.contains(path) && (inWindow || !wasUnstable);
            try {
                next.put(path, reader.read(path, stat, stable, link, blocks));
            } catch (ErrnoException e) {
                // Gone since the walk: while the container runs it may go. Inside the window nothing does.
                if (!e.isNoEntry() && !e.isNotDirectory() && !e.isLoop()) {
                    throw e;
                }
            }
        });
        current = next;
    }

    private static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    @Override
    public void close() {
        root.close();
    }
}
