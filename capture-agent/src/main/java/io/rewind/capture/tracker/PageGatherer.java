package io.rewind.capture.tracker;

import io.rewind.schemas.content.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes stretches in any order, overlapping or not. For one thread. */
final class PageGatherer {
    private record Stretch(long first, long end) {}

    private final List<Stretch> stretches = new ArrayList<>();

    /** @param end exclusive, as {@code start} in bytes */
    void addBytes(long start, long end) {
        stretches.add(new Stretch(start / Block.SIZE, end / Block.SIZE));
    }

    PageRanges build() {
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
