package io.rewind.capture.tracker;

import io.rewind.event.Run;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.content.BlockDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pages a space had at some point, each with the digest of its content; 24 bytes a page. Immutable; lookups go
 * upward with a {@link Cursor}.
 */
public final class PageTable {
    public static final PageTable EMPTY = new Builder(0).build();

    private final long[] pages;
    private final long[] high;
    private final long[] low;

    private PageTable(long[] pages, long[] high, long[] low) {
        this.pages = pages;
        this.high = high;
        this.low = low;
    }

    public int size() {
        return pages.length;
    }

    /** Digest of the whole space. */
    public BlockDigest digest() {
        return new BlockDigest(Arrays.stream(high).sum(), Arrays.stream(low).sum());
    }

    /** Those of the pages in {@code some} that are in this table too. */
    public PageRanges within(PageRanges some) {
        PageRanges.Builder both = new PageRanges.Builder();
        for (int i = 0; i < some.stretches(); i++) {
            long first = some.first(i);
            long end = some.end(i);
            int from = insertion(first);
            int to = insertion(end);
            if (to - from == end - first) {
                both.add(first, end);
            } else {
                for (int j = from; j < to; j++) {
                    both.add(pages[j], pages[j] + 1);
                }
            }
        }
        return both.build();
    }

    private int insertion(long page) {
        int found = Arrays.binarySearch(pages, page);
        return found >= 0 ? found : -found - 1;
    }

    public Cursor cursor() {
        return new Cursor();
    }

    /** Pages of this table that {@code later} does not have. */
    public List<Run> without(PageTable later) {
        List<Run> gone = new ArrayList<>();
        long first = 0;
        int count = 0;
        int j = 0;
        for (long page : pages) {
            while (j < later.pages.length && later.pages[j] < page) {
                j++;
            }
            boolean kept = j < later.pages.length && later.pages[j] == page;
            if (count > 0 && (kept || page != first + count)) {
                gone.add(new Run(first, count));
                count = 0;
            }
            if (!kept) {
                first = count == 0 ? page : first;
                count++;
            }
        }
        if (count > 0) {
            gone.add(new Run(first, count));
        }
        return gone;
    }

    /** All of them. */
    public PageRanges pages() {
        PageRanges.Builder all = new PageRanges.Builder();
        for (long page : pages) {
            all.add(page, page + 1);
        }
        return all.build();
    }

    /** Finds pages asked for in ascending order. */
    public final class Cursor {
        private int at;

        /** Whether {@code page} was there with exactly this content. */
        public boolean has(long page, BlockDigest digest) {
            return find(page) && high[at] == digest.high() && low[at] == digest.low();
        }

        /** Moves to {@code page}; false when it was not there. */
        public boolean find(long page) {
            if (at < pages.length && pages[at] < page) {
                int found = pages[at] == page - 1 ? at + 1 : Arrays.binarySearch(pages, at, pages.length, page);
                at = found >= 0 ? found : -found - 1;
            }
            return at < pages.length && pages[at] == page;
        }

        /** Of the page last found. */
        public BlockDigest digest() {
            return new BlockDigest(high[at], low[at]);
        }
    }

    /** Takes pages in ascending order. */
    public static final class Builder {
        private final long[] pages;
        private final long[] high;
        private final long[] low;
        private int size;

        /** @param pages how many will come, at most */
        public Builder(long pages) {
            int room = Math.toIntExact(pages);
            this.pages = new long[room];
            this.high = new long[room];
            this.low = new long[room];
        }

        public void add(long page, BlockDigest digest) {
            if (size > 0 && pages[size - 1] >= page) {
                throw new IllegalArgumentException("page " + page + " after " + pages[size - 1]);
            }
            pages[size] = page;
            high[size] = digest.high();
            low[size] = digest.low();
            size++;
        }

        public PageTable build() {
            return size == pages.length
                    ? new PageTable(pages, high, low)
                    : new PageTable(Arrays.copyOf(pages, size), Arrays.copyOf(high, size), Arrays.copyOf(low, size));
        }
    }
}
