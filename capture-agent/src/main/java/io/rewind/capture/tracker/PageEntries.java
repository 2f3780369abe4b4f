package io.rewind.capture.tracker;

import io.rewind.runtime.process.PageRanges;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What the kernel's page map said of a process's pages at one freeze: eight bytes a page, see {@link SoftDirty}. */
final class PageEntries {
    static final PageEntries NONE = new PageEntries();

    /** By the number of their first page. */
    private final NavigableMap<Long, long[]> stretches = new TreeMap<>();

    void add(long firstPage, long[] entries) {
        stretches.put(firstPage, entries);
    }

    /**
     * Which of these pages are the ones they were before, and not written since. Marks alone would not do: one page takes
     * the place of another without being marked when mremap moves whole page tables, or when a page is given up and then
     * read, which maps the page of zeros. Neither is where the other was in memory or swap.
     */
    PageRanges restingSince(PageEntries before) {
        PageRanges.Builder resting = new PageRanges.Builder();
        stretches.forEach((first, entries) -> {
            long end = first + entries.length;
            for (long page = first; page < end; ) {
                Map.Entry<Long, long[]> earlier = before.stretches.floorEntry(page);
                if (earlier == null || page >= earlier.getKey() + earlier.getValue().length) {
                    Long next = before.stretches.higherKey(page);
                    page = next == null ? end : Math.min(end, next);
                    continue;
                }
                long both = Math.min(end, earlier.getKey() + earlier.getValue().length);
                for (; page < both; page++) {
                    if (isResting(earlier.getValue()[(int) (page - earlier.getKey())], entries[(int) (page - first)])) {
                        resting.add(page, page + 1);
                    }
                }
            }
        });
        return resting.build();
    }

    private static boolean isResting(long before, long now) {
        return (now & SoftDirty.WRITTEN) == 0
                && (now & SoftDirty.PLACE) != 0
                && (now & SoftDirty.WHERE) == (before & SoftDirty.WHERE);
    }
}
