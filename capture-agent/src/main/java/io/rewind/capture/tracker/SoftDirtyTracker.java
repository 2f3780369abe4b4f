package io.rewind.capture.tracker;

import io.rewind.capture.process.ProcessKey;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

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
    private final long[] entries = new long[PAGES_A_READ];
    /** Processes whose bits speak of what was written since the last freeze. */
    private final Set<ProcessKey> cleared = new HashSet<>();

    public SoftDirtyTracker(SoftDirty bits) {
        this.bits = bits;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lookAhead(Collection<ProcessKey> processes) {
        cleared.retainAll(processes);
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
        boolean known = cleared.remove(process);
        PageRanges.Builder unchanged = new PageRanges.Builder();
        if (known) {
            for (FrozenSpace.Stretch stretch : space.stretches()) {
                if (stretch.inProcess()) {
                    add(unchanged, process.pid(), stretch);
                }
            }
        }
        bits.clear(process.pid());
        cleared.add(process);
        return unchanged.build();
    }

    private void add(PageRanges.Builder unchanged, int pid, FrozenSpace.Stretch stretch) throws IOException {
        for (long page = stretch.firstPage(); page < stretch.endPage(); page += PAGES_A_READ) {
            int count = (int) Math.min(PAGES_A_READ, stretch.endPage() - page);
            bits.read(pid, page, entries, count);
            for (int i = 0; i < count; i++) {
                boolean there = (entries[i] & (SoftDirty.PRESENT | SoftDirty.SWAPPED)) != 0;
                if (there && (entries[i] & SoftDirty.WRITTEN) == 0) {
                    unchanged.add(page + i, page + i + 1);
                }
            }
        }
    }

    @Override
    public void forget() {
        cleared.clear();
    }

    @Override
    public void close() {
        // The bits stay as they are; nobody else may use them.
    }
}
