package io.rewind.capture.tracker;

import io.rewind.capture.trace.Untraceable;
import io.rewind.capture.trace.Userfault;
import io.rewind.runtime.process.Mappings;
import io.rewind.runtime.process.PageGatherer;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.PagemapScan;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.schemas.content.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One process whose private anonymous mappings are watched for writes. Two things are kept apart:
 *
 * <ul>
 *   <li><b>watched</b>: mappings registered through our userfaultfd, so that writes into them leave a mark;
 *   <li><b>proven</b>: pages all of which were protected at the last freeze or glance and are watched since, so that the
 *       absence of a mark means the content of that moment.
 * </ul>
 *
 * A mapping leaves "watched" in the kernel, without word, when it is unmapped, moved by mremap, or lost by exec; what
 * is mapped in its place is not watched. So the kernel is asked about each mapping at each look, and what was
 * registered since the last freeze is watched but not proven.
 */
final class WatchedProcess implements AutoCloseable {
    private final ProcessKey key;
    private final PagemapScan.Room room;
    private final Userfault fault;
    private List<Mappings.Range> watched = List.of();
    private PageRanges proven = PageRanges.EMPTY;
    private boolean usable = true;

    /** @throws Untraceable when it cannot be watched */
    WatchedProcess(ProcessKey key, PagemapScan.Room room) throws Untraceable, InterruptedException {
        this.key = key;
        this.room = room;
        this.fault = Userfault.of(key);
    }

    /** Nothing is known of its pages until the freeze after next. */
    void forget() {
        proven = PageRanges.EMPTY;
    }

    /** False when the userfaultfd is not of the memory the process has now: it has run another program since. */
    boolean isUsable() {
        return usable;
    }

    /** Registers what was mapped since the last look. */
    void lookAhead() throws IOException {
        try (PagemapScan scan = PagemapScan.of(key.pid(), room)) {
            Mappings mappings = Mappings.of(key.pid());
            PageRanges known = pages(watched);
            PageRanges.Builder fresh = new PageRanges.Builder();
            List<Mappings.Range> now = new ArrayList<>(mappings.anonymous().size());
            for (Mappings.Range mapping : mappings.anonymous()) {
                boolean was = scan.isWatched(mapping);
                boolean ours = was && known.covers(first(mapping), end(mapping));
                if (ours || watch(mapping, was, scan)) {
                    now.add(mapping);
                    if (!was) {
                        fresh.addBytes(mapping.start(), mapping.end());
                    }
                }
            }
            watched = now;
            usable = !now.isEmpty() || mappings.anonymous().isEmpty();
            // A device writes without leaving a mark, also between the protection and the next write of a program.
            proven = mappings.asynchronousIo()
                    ? PageRanges.EMPTY
                    : proven.intersect(pages(now)).minus(fresh.build());
        }
    }

    /** @param was watched before by a userfaultfd: ours, if registering succeeds, and grown since */
    private boolean watch(Mappings.Range mapping, boolean was, PagemapScan scan) {
        return fault.register(mapping) && (was || (fault.lift(mapping) && scan.protect(mapping)));
    }

    /**
     * While it runs. Each page has a moment of its own, that of its protection: what a page is found to hold later is
     * what it holds at the next freeze, unless that says it was written.
     */
    Glance glance() throws IOException {
        PageRanges unchanged = takeUnchanged();
        PageGatherer there = new PageGatherer();
        try (PagemapScan scan = PagemapScan.of(key.pid(), room)) {
            watched.forEach(mapping -> scan.present(mapping, there::addBytes));
        }
        return new Glance(unchanged, there.build().intersect(proven));
    }

    /** What was not written since the last answer, and everything protected for the next. */
    PageRanges takeUnchanged() throws IOException {
        PageRanges before = proven;
        proven = PageRanges.EMPTY;
        PageGatherer written = new PageGatherer();
        PageRanges.Builder secured = new PageRanges.Builder();
        try (PagemapScan scan = PagemapScan.of(key.pid(), room)) {
            for (Mappings.Range mapping : watched) {
                if (scan.takeWritten(mapping, written::addBytes)) {
                    secured.addBytes(mapping.start(), mapping.end());
                }
            }
        }
        proven = secured.build();
        return before.intersect(proven).minus(written.build());
    }

    private static PageRanges pages(List<Mappings.Range> mappings) {
        PageRanges.Builder pages = new PageRanges.Builder();
        mappings.forEach(mapping -> pages.addBytes(mapping.start(), mapping.end()));
        return pages.build();
    }

    private static long first(Mappings.Range mapping) {
        return mapping.start() / Block.SIZE;
    }

    private static long end(Mappings.Range mapping) {
        return mapping.end() / Block.SIZE;
    }

    @Override
    public void close() {
        fault.close();
    }
}
