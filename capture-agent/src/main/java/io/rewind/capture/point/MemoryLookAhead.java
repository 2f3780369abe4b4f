package io.rewind.capture.point;

import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.DirtyTracker;
import io.rewind.capture.tracker.Glance;
import io.rewind.capture.tracker.PageTable;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.ProcessMemory;
import io.rewind.schemas.content.Block;
import java.io.IOException;
import java.util.Optional;

/**
 * Copies pages of a process while it runs, as the pre-copy of a live migration does, so that the window need copy only
 * what was written since: without it the first point of a container would have to copy all of its memory there.
 */
public final class MemoryLookAhead {
    private static final int PAGES_A_READ = 256;
    /** A process writes while it is copied; each round has less to copy, unless it writes as fast as it is copied. */
    private static final int ROUNDS = 3;
    /** 2 MiB take the window about a millisecond. */
    private static final long WORTH_A_ROUND = 512;

    private final DirtyTracker tracker;
    private final Staging staging;
    private final long worth;

    MemoryLookAhead(DirtyTracker tracker, Staging staging) {
        this(tracker, staging, WORTH_A_ROUND);
    }

    /** @param worth fewer pages than so many are left to the window */
    public MemoryLookAhead(DirtyTracker tracker, Staging staging, long worth) {
        this.tracker = tracker;
        this.staging = staging;
        this.worth = worth;
    }

    /** @param known what the last point has of it */
    public SpaceAhead of(ProcessKey process, PageTable known) throws IOException {
        Optional<Glance> first = tracker.glance(process);
        if (first.isEmpty()) {
            return SpaceAhead.of(known);
        }
        Glance glance = first.get();
        StagedPages copied = new StagedPages();
        PageRanges atHand = known.within(glance.unchanged());
        for (int round = 0; round < ROUNDS; round++) {
            PageRanges wanted = glance.there().minus(atHand);
            if (wanted.pages() < worth) {
                break;
            }
            StagedPages fresh = copy(process, wanted);
            copied = copied.updatedBy(fresh);
            glance = tracker.glance(process).orElse(new Glance(PageRanges.EMPTY, PageRanges.EMPTY));
            atHand = atHand.union(fresh.ranges()).intersect(glance.unchanged());
        }
        return new SpaceAhead(copied, atHand);
    }

    /** Those of the pages that could be read. */
    private StagedPages copy(ProcessKey process, PageRanges wanted) throws IOException {
        StagedPages copied = new StagedPages();
        try (ProcessMemory memory = ProcessMemory.of(process.pid())) {
            for (PageRanges pages : wanted.batches(PAGES_A_READ)) {
                try {
                    int bytes = (int) pages.pages() * Block.SIZE;
                    copied.add(pages, staging.append(bytes, target -> memory.read(pages, target)));
                } catch (IOException e) {
                    // Unmapped meanwhile, some of it: what is there still is for the window.
                }
            }
        }
        return copied;
    }
}
