package io.rewind.capture.tracker;

import java.io.IOException;

/**
 * Soft-dirty bits as the kernel keeps them, see Documentation/admin-guide/mm/soft-dirty.rst. A page of /proc/PID/pagemap:
 *
 * <pre>
 *   bit 63  present      bit 62  swapped
 *   bit 55  soft-dirty: written since the bits were cleared, or its mapping is newer than that
 *   bits 0 to 54  number of its frame of memory, or its place in swap; 0 for who lacks CAP_SYS_ADMIN
 * </pre>
 */
public interface SoftDirty {
    long PRESENT = 1L << 63;
    long SWAPPED = 1L << 62;
    long WRITTEN = 1L << 55;
    long PLACE = WRITTEN - 1;
    long WHERE = PRESENT | SWAPPED | PLACE;

    /** Fills {@code entries} with those of the pages from {@code firstPage} on. */
    void read(int pid, long firstPage, long[] entries) throws IOException;

    /** Clears the bits of all of the process's pages. A kernel without them does nothing, and says so to nobody. */
    void clear(int pid) throws IOException;
}
