package io.rewind.capture.tracker;

import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the kernel for soft-dirty bits and clears them, both while the process stands still, in this order: a write can
 * come neither between the two nor before the bits were read. Works where the kernel has CONFIG_MEM_SOFT_DIRTY, which
 * only {@link TrackerProbe}'s round trip proves.
 *
 * <p>The bits are of the memory, not of the process: one that shares its memory with another (CLONE_VM without
 * CLONE_THREAD, which CRIU does not restore) must not be tracked with it.
 */
public final class SoftDirtyTracker implements DirtyTracker {
    public static final String NAME = "soft-dirty";

    private static final int PAGES_A_READ = 8192;

    private final SoftDirty bits;
    /** Of processes whose bits speak of what was written since the last freeze: their pages as they were then. */
    private final Map<ProcessKey, PageEntries> known = new HashMap<>();

    public SoftDirtyTracker(SoftDirty bits) {
        this.bits = bits;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lookAhead(Collection<ProcessKey> processes) {
        known.keySet().retainAll(processes);
    }

    @Override
    public Optional<Glance> glance(ProcessKey process) {
        // Between reading the bits and clearing them a write would be lost.
        return Optional.empty();
    }

    @Override
    public PageRanges unchanged(FrozenSpace space) throws IOException {
        if (space.process().isEmpty()) {
            return PageRanges.EMPTY;
        }
        ProcessKey process = space.process().get();
        // Forgotten first: whatever fails below, the bits are then of no known moment.
        PageEntries before = Optional.ofNullable(known.remove(process)).orElse(PageEntries.NONE);
        PageEntries now = new PageEntries();
        for (FrozenSpace.Stretch stretch : space.stretches()) {
            if (stretch.inProcess()) {
                read(process.pid(), stretch, now);
            }
        }
        bits.clear(process.pid());
        known.put(process, now);
        return now.restingSince(before);
    }

    private void read(int pid, FrozenSpace.Stretch stretch, PageEntries target) throws IOException {
        for (long page = stretch.firstPage(); page < stretch.endPage(); page += PAGES_A_READ) {
            long[] entries = new long[(int) Math.min(PAGES_A_READ, stretch.endPage() - page)];
            bits.read(pid, page, entries);
            target.add(page, entries);
        }
    }

    @Override
    public void forget() {
        known.clear();
    }

    @Override
    public void close() {
        // The bits stay as they are; nobody else may use them.
    }
}
