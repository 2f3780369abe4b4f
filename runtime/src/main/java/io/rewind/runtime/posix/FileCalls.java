package io.rewind.runtime.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The file calls by number, their flags, and the shape most of them share: a directory, a name, a few words. */
final class FileCalls {
    static final SystemCall OPENAT = new SystemCall("openat", 257, 56);
    static final SystemCall OPENAT2 = SystemCall.common("openat2", 437);
    static final SystemCall CLOSE = new SystemCall("close", 3, 57);
    static final SystemCall GETDENTS64 = new SystemCall("getdents64", 217, 61);
    static final SystemCall STATX = new SystemCall("statx", 332, 291);
    static final SystemCall READLINKAT = new SystemCall("readlinkat", 267, 78);
    static final SystemCall PREAD64 = new SystemCall("pread64", 17, 67);
    static final SystemCall PWRITE64 = new SystemCall("pwrite64", 18, 68);
    static final SystemCall LSEEK = new SystemCall("lseek", 8, 62);
    static final SystemCall FTRUNCATE = new SystemCall("ftruncate", 77, 46);
    static final SystemCall FSYNC = new SystemCall("fsync", 74, 82);
    static final SystemCall SYNCFS = new SystemCall("syncfs", 306, 267);
    static final SystemCall MKDIRAT = new SystemCall("mkdirat", 258, 34);
    static final SystemCall SYMLINKAT = new SystemCall("symlinkat", 266, 36);
    static final SystemCall LINKAT = new SystemCall("linkat", 265, 37);
    static final SystemCall MKNODAT = new SystemCall("mknodat", 259, 33);
    static final SystemCall UNLINKAT = new SystemCall("unlinkat", 263, 35);
    static final SystemCall RENAMEAT2 = new SystemCall("renameat2", 316, 276);
    static final SystemCall FCHOWNAT = new SystemCall("fchownat", 260, 54);
    static final SystemCall FCHMODAT = new SystemCall("fchmodat", 268, 53);
    static final SystemCall UTIMENSAT = new SystemCall("utimensat", 280, 88);
    static final SystemCall LSETXATTR = new SystemCall("lsetxattr", 189, 6);
    static final SystemCall LGETXATTR = new SystemCall("lgetxattr", 192, 9);
    static final SystemCall LLISTXATTR = new SystemCall("llistxattr", 195, 12);
    static final SystemCall LREMOVEXATTR = new SystemCall("lremovexattr", 198, 15);

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;
    static final int O_DIRECTORY = Machine.current() == Machine.AMD64 ? 0x10000 : 0x4000;
    static final int O_NOFOLLOW = Machine.current() == Machine.AMD64 ? 0x20000 : 0x8000;

    private FileCalls() {}

    /** @throws ErrnoException as the kernel says */
    static long at(SystemCall call, long directory, byte[] name, long... words) {
        try (Arena arena = Arena.ofConfined()) {
            long[] all = new long[2 + words.length];
            all[0] = directory;
            all[1] = string(arena, name).address();
            System.arraycopy(words, 0, all, 2, words.length);
            return ErrnoException.check(Libc.call(call, all), call, name);
        }
    }

    /** From an entry of one directory to an entry of another. */
    static void pair(SystemCall call, Descriptor from, byte[] name, Descriptor to, byte[] newName) {
        try (Arena arena = Arena.ofConfined()) {
            long old = string(arena, name).address();
            long fresh = string(arena, newName).address();
            ErrnoException.check(Libc.call(call, from.number(), old, to.number(), fresh, 0), call, name, newName);
        }
    }

    /**
     * With the NUL that ends it.
     *
     * @throws PathRefused when there is one before
     */
    static MemorySegment string(Arena arena, byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                throw new PathRefused(bytes, "has a NUL");
            }
        }
        MemorySegment string = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, string, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return string;
    }
}
