package io.rewind.runtime.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * What the kernel says about an entry itself, never about what a link points to.
 *
 * @param mode type and permission bits, as st_mode
 * @param uid unsigned
 * @param gid unsigned
 * @param size bytes
 * @param device number of the file system: major in the upper 32 bits, minor in the lower
 * @param mtimeNanos since the epoch; an instant beyond the years 1677 to 2262 becomes the nearest within
 * @param ctimeNanos likewise
 * @param blocks of 512 bytes that are allocated
 */
public record FileStat(
        int mode,
        int uid,
        int gid,
        long size,
        long inode,
        long device,
        int rdevMajor,
        int rdevMinor,
        int links,
        long mtimeNanos,
        long ctimeNanos,
        long blocks) {

    static final int PERMISSIONS = 0xfff;
    private static final int BASIC = 0x7ff;

    public FileType type() {
        return FileType.of(mode);
    }

    /** Permission bits, set-id and sticky included (07777). */
    public int permissions() {
        return mode & PERMISSIONS;
    }

    public boolean isDirectory() {
        return type() == FileType.DIRECTORY;
    }

    public boolean isRegular() {
        return type() == FileType.REGULAR;
    }

    public boolean isSymlink() {
        return type() == FileType.SYMLINK;
    }

    /** The overlay's mark for an entry deleted from the layers below: character device 0:0. */
    public boolean isWhiteout() {
        return type() == FileType.CHARACTER_DEVICE && rdevMajor == 0 && rdevMinor == 0;
    }

    /** Of what a descriptor is open on. */
    static FileStat of(Descriptor descriptor) {
        return of(descriptor, new byte[0], FileCalls.AT_EMPTY_PATH);
    }

    /** Of an entry of a directory. */
    static FileStat of(Descriptor directory, byte[] name) {
        return of(directory, name, 0);
    }

    /**
     * <pre>
     * struct statx   16 u32 links    20 u32 uid      24 u32 gid    28 u16 mode
     *                32 u64 inode    40 u64 size     48 u64 blocks
     *                96 s64 ctime s  104 u32 ns     112 s64 mtime s  120 u32 ns
     *               128 u32 rdev major, 132 minor   136 u32 device major, 140 minor   256 in all
     * </pre>
     */
    private static FileStat of(Descriptor at, byte[] name, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment s = arena.allocate(256, 8);
            int all = flags | FileCalls.AT_SYMLINK_NOFOLLOW | FileCalls.AT_NO_AUTOMOUNT;
            FileCalls.at(FileCalls.STATX, at.number(), name, all, BASIC, s.address());
            return new FileStat(
                    Short.toUnsignedInt(s.get(JAVA_SHORT, 28)),
                    s.get(JAVA_INT, 20),
                    s.get(JAVA_INT, 24),
                    s.get(JAVA_LONG, 40),
                    s.get(JAVA_LONG, 32),
                    ((long) s.get(JAVA_INT, 136) << 32) | Integer.toUnsignedLong(s.get(JAVA_INT, 140)),
                    s.get(JAVA_INT, 128),
                    s.get(JAVA_INT, 132),
                    s.get(JAVA_INT, 16),
                    nanos(s.get(JAVA_LONG, 112), s.get(JAVA_INT, 120)),
                    nanos(s.get(JAVA_LONG, 96), s.get(JAVA_INT, 104)),
                    s.get(JAVA_LONG, 48));
        }
    }

    private static long nanos(long seconds, int nanos) {
        long whole = TimeUnit.SECONDS.toNanos(seconds);
        return whole == Long.MAX_VALUE || whole == Long.MIN_VALUE ? whole : saturated(whole, nanos);
    }

    private static long saturated(long whole, int nanos) {
        return whole > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : whole + nanos;
    }
}
