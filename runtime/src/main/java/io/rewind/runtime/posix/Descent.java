package io.rewind.runtime.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How a directory beneath another is opened without following a link: by the kernel, or name by name. */
enum Descent {
    /**
     * openat2, Linux 5.6 and later: many names at once.
     *
     * <pre>
     * struct open_how   0  u64 flags
     *                   8  u64 mode
     *                  16  u64 resolve
     * </pre>
     */
    RESOLVED(4095) {
        @Override
        Descriptor step(Descriptor from, byte[] path) {
            return new Descriptor(ErrnoException.check(resolve(from.number(), path), FileCalls.OPENAT2, path));
        }
    },
    /** openat, a name at a time: a link as the only name is never followed. */
    STEPWISE(0) {
        @Override
        Descriptor step(Descriptor from, byte[] path) {
            return Descriptor.open(from.number(), path, FLAGS, 0);
        }
    };

    private static final int FLAGS = FileCalls.O_RDONLY | FileCalls.O_DIRECTORY | FileCalls.O_NOFOLLOW;
    private static final long NO_MAGICLINKS = 2;
    private static final long NO_SYMLINKS = 4;
    private static final long BENEATH = 8;

    /** Bytes of a path the kernel takes at once. */
    private final int limit;

    Descent(int limit) {
        this.limit = limit;
    }

    /** The best this kernel, and whatever filters calls before it, allows. */
    static Descent best() {
        return Best.DESCENT;
    }

    /** One call; the path is no longer than the limit, or a single name. */
    abstract Descriptor step(Descriptor from, byte[] path);

    /**
     * A new descriptor of the directory.
     *
     * @throws PathRefused when the path is not relative, or goes anywhere but down
     * @throws ErrnoException ELOOP or ENOTDIR where a link is in the way
     */
    Descriptor descend(Descriptor root, byte[] path) {
        Descriptor at = root;
        for (byte[] piece : PosixPath.pieces(path, limit)) {
            Descriptor above = at;
            try {
                at = step(above, piece);
            } finally {
                if (above != root) {
                    above.close();
                }
            }
        }
        return at;
    }

    private static long resolve(int directory, byte[] path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment how = arena.allocate(24, 8);
            how.set(ValueLayout.JAVA_LONG, 0, FLAGS | FileCalls.O_CLOEXEC);
            how.set(ValueLayout.JAVA_LONG, 16, BENEATH | NO_SYMLINKS | NO_MAGICLINKS);
            return Libc.call(
                    FileCalls.OPENAT2,
                    directory,
                    FileCalls.string(arena, path).address(),
                    how.address(),
                    how.byteSize());
        }
    }

    private static final class Best {
        static final Descent DESCENT = probe();

        private static Descent probe() {
            try (Descriptor root = Descriptor.open(FileCalls.AT_FDCWD, PosixPath.of("/"), FLAGS, 0)) {
                long opened = resolve(root.number(), PosixPath.of("."));
                if (opened < 0) {
                    return STEPWISE;
                }
                new Descriptor(opened).close();
                return RESOLVED;
            }
        }
    }
}
