package io.rewind.runtime.process;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes stretches in any order, overlapping or not. For one thread. */
public final class PageGatherer {
    private record Stretch(long first, long end) {}

    private final List<Stretch> stretches = new ArrayList<>();

    /** @param end exclusive, as {@code start} in bytes */
    public void addBytes(long start, long end) {
        stretches.add(new Stretch(start / PageRanges.PAGE, end / PageRanges.PAGE));
    }

    /** @param end exclusive, as {@code first} the number of a page */
    public void add(long first, long end) {
        stretches.add(new Stretch(first, end));
    }

    public PageRanges build() {
        // Nearly sorted as a rule, which takes next to no time.
        stretches.sort(Comparator.comparingLong(Stretch::first));
        PageRanges.Builder ranges = new PageRanges.Builder();
        long behind = Long.MIN_VALUE;
        for (Stretch stretch : stretches) {
            ranges.add(Math.max(behind, stretch.first()), stretch.end());
            behind = Math.max(behind, stretch.end());
        }
        return ranges.build();
    }
}
