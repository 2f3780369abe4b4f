package io.rewind.runtime.posix;

/** An open file descriptor, closed once. For one thread at a time. */
public final class Descriptor implements AutoCloseable {
    private static final int CLOSED = -1;

    private int number;

    /** Takes over what a call has opened. */
    public Descriptor(long number) {
        this.number = Math.toIntExact(number);
    }

    /**
     * Opens a file of the kernel's own, such as one below /proc, for reading: links are followed.
     *
     * @throws ErrnoException as the kernel says
     */
    public static Descriptor openTrusted(String path) {
        return open(FileCalls.AT_FDCWD, PosixPath.of(path), FileCalls.O_RDONLY, 0);
    }

    /** Always closed on exec. */
    static Descriptor open(long directory, byte[] path, int flags, int mode) {
        return new Descriptor(FileCalls.at(
                FileCalls.OPENAT, directory, path, flags | FileCalls.O_CLOEXEC, Integer.toUnsignedLong(mode)));
    }

    /** Names an entry, whatever its type, without opening what it stands for; a link stands for itself. */
    static Descriptor pin(long directory, byte[] name) {
        return open(directory, name, FileCalls.O_PATH | FileCalls.O_NOFOLLOW, 0);
    }

    public int number() {
        if (number == CLOSED) {
            throw new IllegalStateException("closed");
        }
        return number;
    }

    /** Leads to the very file this descriptor is of, even after it was renamed. */
    byte[] magicLink() {
        return PosixPath.of("/proc/self/fd/" + number());
    }

    @Override
    public void close() {
        if (number != CLOSED) {
            int open = number;
            number = CLOSED;
            // The kernel gives the number back whatever it answers, so a second try would close somebody else's.
            long result = Libc.call(FileCalls.CLOSE, open);
            if (result != -Errno.EINTR) {
                ErrnoException.check(result, FileCalls.CLOSE);
            }
        }
    }
}
