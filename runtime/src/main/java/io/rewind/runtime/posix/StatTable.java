package io.rewind.runtime.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Entries of one directory and how each was, to be looked at again: one call an entry, and no memory. Any thread may look,
 * each with a {@link #room} of its own.
 */
public final class StatTable {
    private static final int WORDS = 7;
    private static final int BASIC = 0x7ff;
    private static final long NANOS = 1_000_000_000;
    private static final long FLAGS = FileCalls.AT_SYMLINK_NOFOLLOW | FileCalls.AT_NO_AUTOMOUNT;

    private final MemorySegment names;
    private final int[] nameAt;
    private final long[] known;

    /**
     * @param arena holds the names
     * @param stats of the names, in the same order
     */
    public StatTable(Arena arena, List<byte[]> names, List<FileStat> stats) {
        this.nameAt = new int[names.size()];
        this.known = new long[WORDS * names.size()];
        int bytes = 0;
        for (int i = 0; i < nameAt.length; i++) {
            nameAt[i] = bytes;
            bytes += names.get(i).length + 1;
            know(i, stats.get(i));
        }
        this.names = arena.allocate(Math.max(1, bytes));
        for (int i = 0; i < nameAt.length; i++) {
            byte[] name = names.get(i);
            MemorySegment.copy(name, 0, this.names, JAVA_BYTE, nameAt[i], name.length);
        }
    }

    private void know(int entry, FileStat stat) {
        int at = WORDS * entry;
        known[at] = stat.inode();
        known[at + 1] = stat.size();
        known[at + 2] = shape(stat.links(), stat.mode());
        known[at + 3] = Math.floorDiv(stat.ctimeNanos(), NANOS);
        known[at + 4] = Math.floorMod(stat.ctimeNanos(), NANOS);
        known[at + 5] = Math.floorDiv(stat.mtimeNanos(), NANOS);
        known[at + 6] = Math.floorMod(stat.mtimeNanos(), NANOS);
    }

    private static long shape(int links, int mode) {
        return (long) links << 32 | mode;
    }

    public int size() {
        return nameAt.length;
    }

    /** What a look needs. */
    public static MemorySegment room(Arena arena) {
        return arena.allocate(256, 8);
    }

    /**
     * Whether the entry is there and has the inode, size, number of links, mode and times that it had. The layout is drawn
     * at {@link FileStat}.
     */
    public boolean isStill(Directory directory, int entry, MemorySegment room) {
        long result = Libc.call(
                FileCalls.STATX, directory.number(), names.address() + nameAt[entry], FLAGS, BASIC, room.address());
        int at = WORDS * entry;
        return result == 0
                && room.get(JAVA_LONG, 32) == known[at]
                && room.get(JAVA_LONG, 40) == known[at + 1]
                && shape(room.get(JAVA_INT, 16), Short.toUnsignedInt(room.get(JAVA_SHORT, 28))) == known[at + 2]
                && room.get(JAVA_LONG, 96) == known[at + 3]
                && room.get(JAVA_INT, 104) == known[at + 4]
                && room.get(JAVA_LONG, 112) == known[at + 5]
                && room.get(JAVA_INT, 120) == known[at + 6];
    }
}
