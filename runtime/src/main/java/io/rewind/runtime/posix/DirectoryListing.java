package io.rewind.runtime.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names in a directory, through getdents64.
 *
 * <pre>
 * struct linux_dirent64   0  u64 inode
 *                         8  s64 offset
 *                        16  u16 length of this record
 *                        18  u8  type
 *                        19  name, NUL
 * </pre>
 */
final class DirectoryListing {
    private static final int BUFFER = 32 << 10;
    private static final int LENGTH_AT = 16;
    private static final int NAME_AT = 19;
    private static final int SEEK_SET = 0;

    private DirectoryListing() {}

    /** Sorted by unsigned bytes, without "." and "..". */
    static List<byte[]> of(Descriptor directory) {
        List<byte[]> names = new ArrayList<>();
        ErrnoException.check(Libc.call(FileCalls.LSEEK, directory.number(), 0, SEEK_SET), FileCalls.LSEEK);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER, 8);
            long length = next(directory, buffer);
            while (length > 0) {
                add(buffer.asSlice(0, length), names);
                length = next(directory, buffer);
            }
        }
        names.sort(Arrays::compareUnsigned);
        return names;
    }

    private static long next(Descriptor directory, MemorySegment buffer) {
        return ErrnoException.check(
                Libc.call(FileCalls.GETDENTS64, directory.number(), buffer.address(), buffer.byteSize()),
                FileCalls.GETDENTS64);
    }

    private static void add(MemorySegment records, List<byte[]> names) {
        long at = 0;
        while (at < records.byteSize()) {
            int length = Short.toUnsignedInt(records.get(JAVA_SHORT_UNALIGNED, at + LENGTH_AT));
            byte[] name = name(records.asSlice(at + NAME_AT, length - NAME_AT));
            if (!isSelfOrParent(name)) {
                names.add(name);
            }
            at += length;
        }
    }

    private static byte[] name(MemorySegment padded) {
        int length = 0;
        while (padded.get(JAVA_BYTE, length) != 0) {
            length++;
        }
        return padded.asSlice(0, length).toArray(JAVA_BYTE);
    }

    private static boolean isSelfOrParent(byte[] name) {
        return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
    }
}
