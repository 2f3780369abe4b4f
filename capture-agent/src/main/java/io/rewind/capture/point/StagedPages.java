package io.rewind.capture.point;

import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.content.Block;
import java.util.Arrays;

/** Pages in ascending order, each with the position of its content in the staging area. */
public final class StagedPages {
    private long[] pages = new long[256];
    private long[] positions = new long[256];
    private int size;

    void add(long page, long position) {
        if (size == pages.length) {
            pages = Arrays.copyOf(pages, 2 * size);
            positions = Arrays.copyOf(positions, 2 * size);
        }
        pages[size] = page;
        positions[size] = position;
        size++;
    }

    /** Their contents lie one after the other. */
    void add(PageRanges all, long position) {
        int before = size;
        all.forEach(page -> add(page, position + (long) (size - before) * Block.SIZE));
    }

    int size() {
        return size;
    }

    long page(int index) {
        return pages[index];
    }

    long position(int index) {
        return positions[index];
    }

    long[] pages() {
        return Arrays.copyOf(pages, size);
    }

    long[] positions() {
        return Arrays.copyOf(positions, size);
    }

    PageRanges ranges() {
        PageRanges.Builder ranges = new PageRanges.Builder();
        for (int i = 0; i < size; i++) {
            ranges.add(pages[i], pages[i] + 1);
        }
        return ranges.build();
    }

    /** These, and those of {@code newer}, which count where both have a page. */
    StagedPages updatedBy(StagedPages newer) {
        StagedPages both = new StagedPages();
        int i = 0;
        for (int j = 0; j < newer.size; j++) {
            for (; i < size && pages[i] < newer.pages[j]; i++) {
                both.add(pages[i], positions[i]);
            }
            if (i < size && pages[i] == newer.pages[j]) {
                i++;
            }
            both.add(newer.pages[j], newer.positions[j]);
        }
        for (; i < size; i++) {
            both.add(pages[i], positions[i]);
        }
        return both;
    }

    Cursor cursor() {
        return new Cursor();
    }

    /** Finds pages asked for in ascending order. */
    final class Cursor {
        private int at;

        /** Moves to {@code page}; false when it is not there. */
        boolean find(long page) {
            while (at < size && pages[at] < page) {
                at++;
            }
            return at < size && pages[at] == page;
        }

        /** Of the page last found. */
        long position() {
            return positions[at];
        }
    }
}
