package io.rewind.runtime.process;

import io.rewind.runtime.posix.Descriptor;
import io.rewind.runtime.posix.Errno;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The memory a process has now, asked which pages were written since they were last protected; see
 * Documentation/admin-guide/mm/pagemap.rst of the kernel. Opened anew for each look, for an exec changes what it is of.
 *
 * <pre>
 *   pm_scan_arg (96 bytes, u64 each)
 *     size = 96     flags           start         end
 *     walk_end (out)  vec           vec_len       max_pages
 *     category_inverted  category_mask  category_anyof_mask  return_mask
 *   page_region (24 bytes): u64 start, u64 end, u64 categories
 * </pre>
 */
public final class PagemapScan implements AutoCloseable {
    private static final SystemCall IOCTL = new SystemCall("ioctl", 16, 29);
    private static final long PAGEMAP_SCAN = 0xc0606610L;
    private static final long WP_MATCHING = 1;
    private static final long CHECK_WPASYNC = 2;
    private static final long PAGE_IS_WPALLOWED = 1;
    private static final long PAGE_IS_WRITTEN = 2;
    /**
     * PAGE_IS_PRESENT or PAGE_IS_SWAPPED. Asked about any page, the kernel also protects places where there is none, by
     * markers that CRIU would take for swapped pages.
     */
    private static final long THERE = 8 | 16;

    private static final long ANY = 0;
    private static final long PAGE = 4096;

    /** Room for arguments and answers, to be used again and again; for one thread. */
    public record Room(MemorySegment argument, MemorySegment regions) {
        private static final int REGION = 3;
        private static final int REGIONS = 16_384;

        public static Room in(Arena arena) {
            return new Room(
                    arena.allocate(ValueLayout.JAVA_LONG, 12),
                    arena.allocate(ValueLayout.JAVA_LONG, (long) REGION * REGIONS));
        }
    }

    /**
     * Takes stretches of memory, as addresses in bytes. In ascending order and once each while the process stands still.
     * While it runs some may come again: where its own buffer was full, the kernel may name as the end of its walk a place
     * before the true one, and what has been written since is found in the second walk.
     */
    @FunctionalInterface
    public interface Stretches {
        void stretch(long start, long end);
    }

    private final Descriptor pagemap;
    private final Room room;

    private PagemapScan(Descriptor pagemap, Room room) {
        this.pagemap = pagemap;
        this.room = room;
    }

    /** @throws ErrnoException when there is no such process */
    public static PagemapScan of(int pid, Room room) {
        return new PagemapScan(Descriptor.openTrusted("/proc/" + pid + "/pagemap"), room);
    }

    /** Whether a mapping is watched; asked about its first page, for all of a mapping is or none. */
    public boolean isWatched(Mappings.Range mapping) {
        return scan(mapping.start(), mapping.start() + PAGE, CHECK_WPASYNC, PAGE_IS_WPALLOWED, 0, ANY) >= 0;
    }

    /**
     * Protects every page of a mapping, whatever was written.
     *
     * @return false when it is not watched
     */
    public boolean protect(Mappings.Range mapping) {
        return takeWritten(mapping, (start, end) -> {});
    }

    /**
     * Hands over which pages of a watched mapping were written, and protects them again.
     *
     * @return false when any of it is not watched (any longer): then what was handed over is not all
     */
    public boolean takeWritten(Mappings.Range mapping, Stretches written) {
        for (long start = mapping.start(); start < mapping.end(); start = argument(4)) {
            long regions = scan(start, mapping.end(), WP_MATCHING | CHECK_WPASYNC, PAGE_IS_WRITTEN, 0, THERE);
            if (regions < 0) {
                return false;
            }
            handOver(regions, written);
        }
        return true;
    }

    /**
     * Hands over which pages of a watched mapping are there and were not written since they were last protected. Leaves
     * everything as it is.
     *
     * @return false when any of it is not watched
     */
    public boolean untouched(Mappings.Range mapping, Stretches untouched) {
        for (long start = mapping.start(); start < mapping.end(); start = argument(4)) {
            long regions = scan(start, mapping.end(), CHECK_WPASYNC, PAGE_IS_WRITTEN, PAGE_IS_WRITTEN, THERE);
            if (regions < 0) {
                return false;
            }
            handOver(regions, untouched);
        }
        return true;
    }

    /** Hands over which pages of a mapping there are. */
    public void present(Mappings.Range mapping, Stretches there) {
        for (long start = mapping.start(); start < mapping.end(); start = argument(4)) {
            long regions = scan(start, mapping.end(), 0, ANY, 0, THERE);
            if (regions < 0) {
                return;
            }
            handOver(regions, there);
        }
    }

    private void handOver(long regions, Stretches taker) {
        for (long i = 0; i < regions; i++) {
            taker.stretch(
                    room.regions.getAtIndex(ValueLayout.JAVA_LONG, i * Room.REGION),
                    room.regions.getAtIndex(ValueLayout.JAVA_LONG, i * Room.REGION + 1));
        }
    }

    /**
     * @param all what pages must be, but for those of it that are {@code inverted}, which they must not be
     * @return how many regions were found, or minus the errno: EPERM for memory that is not watched
     */
    private long scan(long start, long end, long flags, long all, long inverted, long any) {
        // What is told of pages also cuts regions: no more of it than was asked for.
        long told = all == 0 ? any : all;
        long[] words = {
            room.argument.byteSize(),
            flags,
            start,
            end,
            0,
            room.regions.address(),
            Room.REGIONS,
            0,
            inverted,
            all,
            any,
            told
        };
        MemorySegment.copy(words, 0, room.argument, ValueLayout.JAVA_LONG, 0, words.length);
        long answer;
        do {
            answer = Libc.call(IOCTL, pagemap.number(), PAGEMAP_SCAN, room.argument.address());
        } while (answer == -Errno.EINTR);
        return answer;
    }

    private long argument(int word) {
        return room.argument.getAtIndex(ValueLayout.JAVA_LONG, word);
    }

    @Override
    public void close() {
        pagemap.close();
    }
}
