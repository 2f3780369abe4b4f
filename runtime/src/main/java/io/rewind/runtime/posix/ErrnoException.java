package io.rewind.runtime.posix;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The kernel refused a call; the message is such as "openat a/b: ENOENT". */
public final class ErrnoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    public ErrnoException(int errno, String call, byte[]... where) {
        super(describe(call, where) + ": " + Errno.name(errno));
        this.errno = errno;
    }

    /**
     * Passes on what {@link Libc} answered.
     *
     * @throws ErrnoException when it is an error
     */
    public static long check(long result, SystemCall call, byte[]... where) {
        if (result < 0) {
            throw new ErrnoException((int) -result, call.name(), where);
        }
        return result;
    }

    public int errno() {
        return errno;
    }

    /** Such as "ENOENT". */
    public String symbol() {
        return Errno.name(errno);
    }

    /** The entry is not, or is no longer, there. */
    public boolean isNoEntry() {
        return errno == Errno.ENOENT;
    }

    /** A symbolic link stands where none is followed. */
    public boolean isLoop() {
        return errno == Errno.ELOOP;
    }

    public boolean isExisting() {
        return errno == Errno.EEXIST;
    }

    /** Something other than a directory stands where one is needed. */
    public boolean isNotDirectory() {
        return errno == Errno.ENOTDIR;
    }

    private static String describe(String call, byte[]... where) {
        return call
                + Arrays.stream(where)
                        .map(name -> " " + PosixPath.display(name))
                        .collect(Collectors.joining());
    }
}
