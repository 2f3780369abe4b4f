package io.rewind.capture.point;

import java.util.Arrays;

/** Pages in ascending order, each with the position of its content in the staging area. */
final class StagedPages {
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
}
