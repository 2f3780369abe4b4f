package io.rewind.capture.tracker;

import io.rewind.capture.CaptureFault;
import io.rewind.criu.CountField;
import io.rewind.criu.Entry;
import io.rewind.criu.PageMap;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.process.Mappings;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.ProcessMemory;
import io.rewind.schemas.content.Block;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what this kernel can do by doing it: clearing soft-dirty bits, for one, "succeeds" where there are none. A
 * process of our own writes, rests and writes again, and a tracker must have seen all of it.
 */
public final class TrackerProbe {
    private static final Logger log = LoggerFactory.getLogger(TrackerProbe.class);

    /** What is decided here holds for the agent's life, and a busy host may keep one process from stopping in time. */
    private static final int TRIES = 5;

    private TrackerProbe() {}

    /**
     * The tracker to use on this host.
     *
     * @param wanted empty for the best there is
     * @throws Fault FATAL TRACKER_UNUSABLE when the wanted one does not work here
     */
    public static TrackerKind choose(Optional<TrackerKind> wanted) {
        for (TrackerKind kind : wanted.map(List::of).orElse(List.of(TrackerKind.values()))) {
            Optional<String> fault = fault(kind);
            if (fault.isEmpty()) {
                log.info("tracking memory by {}", kind.text());
                return kind;
            }
            if (wanted.isPresent()) {
                throw new Fault(
                        CaptureFault.TRACKER_UNUSABLE,
                        Severity.FATAL,
                        "rewind.capture.tracker = " + kind.text() + " does not work on this host: " + fault.get()
                                + "; set it to auto");
            }
            log.info("{} does not work on this host: {}", kind.text(), fault.get());
        }
        throw new IllegalStateException("a full scan always works");
    }

    /** Why it did not work, each time with a process of its own; empty if it works. */
    public static Optional<String> fault(TrackerKind kind) {
        Optional<String> fault = once(kind);
        for (int i = 1;
                i < TRIES && fault.isPresent() && !Thread.currentThread().isInterrupted();
                i++) {
            fault = once(kind);
        }
        return fault;
    }

    private static Optional<String> once(TrackerKind kind) {
        if (kind == TrackerKind.FULL_SCAN) {
            return Optional.empty();
        }
        List<String> said = new ArrayList<>();
        try (DirtyTracker tracker = kind.tracker((process, why) -> said.add(why))) {
            Optional<String> fault = fault(tracker);
            return said.isEmpty() ? fault : Optional.of(said.getFirst());
        } catch (IOException | ErrnoException | UnsupportedOperationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /** The round trip; the process waits for an order whenever it is looked at, as if it were frozen. */
    static Optional<String> fault(DirtyTracker tracker) throws IOException, InterruptedException {
        try (ThrowAwayProcess process = new ThrowAwayProcess()) {
            tracker.lookAhead(List.of(process.key()));
            if (!unchanged(tracker, process.key()).isEmpty()) {
                return Optional.of("it claims to know a process that it never saw");
            }
            // Now it knows: what rests is clean, what is written is not, and that again.
            for (int round = 0; round < 2; round++) {
                tracker.lookAhead(List.of(process.key()));
                PageRanges rested = unchanged(tracker, process.key());
                process.write();
                tracker.lookAhead(List.of(process.key()));
                PageRanges wrote = unchanged(tracker, process.key());
                if (rested.isEmpty()) {
                    return Optional.of("pages count as written that nobody wrote");
                }
                if (rested.minus(wrote).isEmpty()) {
                    return Optional.of("a written page does not count as written");
                }
            }
            return Optional.empty();
        }
    }

    private static PageRanges unchanged(DirtyTracker tracker, ProcessKey process) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Mappings.Range mapping : Mappings.of(process.pid()).anonymous()) {
            entries.add(new Entry(
                    mapping.start(), (mapping.end() - mapping.start()) / Block.SIZE, Entry.LAZY, CountField.BOTH));
        }
        Path proc = Path.of("/proc", Integer.toString(process.pid()), "mem");
        try (ProcessMemory memory = ProcessMemory.of(process.pid());
                FileChannel nothing = FileChannel.open(proc, StandardOpenOption.READ)) {
            return tracker.unchanged(
                    new FrozenSpace("probe", Optional.of(process), new PageMap("1", 1, entries), memory, nothing));
        }
    }
}
