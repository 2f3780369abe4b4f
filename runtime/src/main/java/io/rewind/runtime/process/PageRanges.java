package io.rewind.runtime.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A set of pages, as stretches in ascending order with gaps between them. Immutable.
 *
 * <pre>
 *   bounds: first page, end page (exclusive), first page, end page, …
 * </pre>
 */
public final class PageRanges {
    /** Bytes of a page. */
    public static final int PAGE = 4096;

    public static final PageRanges EMPTY = new PageRanges(new long[0]);

    private final long[] bounds;

    private PageRanges(long[] bounds) {
        this.bounds = bounds;
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public int stretches() {
        return bounds.length / 2;
    }

    public long first(int stretch) {
        return bounds[2 * stretch];
    }

    /** The page after the stretch's last. */
    public long end(int stretch) {
        return bounds[2 * stretch + 1];
    }

    public long pages() {
        long pages = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            pages += bounds[i + 1] - bounds[i];
        }
        return pages;
    }

    /** The first stretch that ends after {@code page}; {@link #stretches()} when there is none. */
    public int after(long page) {
        int low = 0;
        int high = stretches();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) > page) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The same pages in sets of at most {@code most}. */
    public List<PageRanges> batches(int most) {
        List<PageRanges> batches = new ArrayList<>();
        Builder batch = new Builder();
        long room = most;
        for (int i = 0; i < stretches(); i++) {
            for (long page = first(i); page < end(i); ) {
                long end = Math.min(end(i), page + room);
                batch.add(page, end);
                room -= end - page;
                page = end;
                if (room == 0) {
                    batches.add(batch.build());
                    batch = new Builder();
                    room = most;
                }
            }
        }
        if (room < most) {
            batches.add(batch.build());
        }
        return batches;
    }

    /** Every single one, in ascending order. */
    public void forEach(LongConsumer taker) {
        for (int i = 0; i < stretches(); i++) {
            for (long page = first(i); page < end(i); page++) {
                taker.accept(page);
            }
        }
    }

    /** Whether all pages from {@code first} to before {@code end} are in the set. */
    public boolean covers(long first, long end) {
        int stretch = after(first);
        return first >= end || (stretch < stretches() && first(stretch) <= first && end(stretch) >= end);
    }

    public PageRanges union(PageRanges other) {
        return merge(other, (mine, theirs) -> mine || theirs);
    }

    public PageRanges intersect(PageRanges other) {
        return merge(other, (mine, theirs) -> mine && theirs);
    }

    public PageRanges minus(PageRanges other) {
        return merge(other, (mine, theirs) -> mine && !theirs);
    }

    @FunctionalInterface
    private interface Rule {
        boolean keeps(boolean mine, boolean theirs);
    }

    /** Walks both lists of bounds at once: between two bounds membership does not change. */
    private PageRanges merge(PageRanges other, Rule rule) {
        long[] merged = new long[bounds.length + other.bounds.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < bounds.length || j < other.bounds.length) {
            long mine = i < bounds.length ? bounds[i] : Long.MAX_VALUE;
            long theirs = j < other.bounds.length ? other.bounds[j] : Long.MAX_VALUE;
            long at = Math.min(mine, theirs);
            i += mine == at ? 1 : 0;
            j += theirs == at ? 1 : 0;
            // After an odd number of bounds one is inside.
            if (rule.keeps(i % 2 == 1, j % 2 == 1) != (size % 2 == 1)) {
                merged[size++] = at;
            }
        }
        return new PageRanges(Arrays.copyOf(merged, size));
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }

    /** Takes stretches in ascending order; ones that touch become one. */
    public static final class Builder {
        private long[] bounds = new long[16];
        private int size;

        /** @param end exclusive; an empty stretch is left out */
        public Builder add(long first, long end) {
            if (first >= end) {
                return this;
            }
            if (size > 0 && first < bounds[size - 1]) {
                throw new IllegalArgumentException("page " + first + " after " + (bounds[size - 1] - 1));
            }
            if (size > 0 && first == bounds[size - 1]) {
                bounds[size - 1] = end;
                return this;
            }
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * size);
            }
            bounds[size] = first;
            bounds[size + 1] = end;
            size += 2;
            return this;
        }

        /** The same, in bytes. */
        public Builder addBytes(long start, long end) {
            return add(start / PAGE, end / PAGE);
        }

        public PageRanges build() {
            return new PageRanges(Arrays.copyOf(bounds, size));
        }
    }
}
