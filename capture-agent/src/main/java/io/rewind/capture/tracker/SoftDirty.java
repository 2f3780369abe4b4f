package io.rewind.capture.tracker;

import java.io.IOException;

/**
 * Soft-dirty bits as the kernel keeps them, see Documentation/admin-guide/mm/soft-dirty.rst. A page of /proc/PID/pagemap:
 *
 * <pre>
 *   bit 63  present      bit 62  swapped
 *   bit 55  soft-dirty: written since the bits were cleared, or its mapping is newer than that
 * </pre>
 */
public interface SoftDirty {
    long PRESENT = 1L << 63;
    long SWAPPED = 1L << 62;
    long WRITTEN = 1L << 55;

    /** Fills {@code entries} with those of the pages from {@code firstPage} on, as far as there are any. */
    void read(int pid, long firstPage, long[] entries, int count) throws IOException;

    /** Clears the bits of all of the process's pages. A kernel without them does nothing, and says so to nobody. */
    void clear(int pid) throws IOException;
}
