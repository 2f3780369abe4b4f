package io.rewind.runtime.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Extended attributes of an entry itself. The calls know no directory descriptor, so the path goes through the
 * descriptor's magic link; what follows it is a single name, which they do not follow.
 */
final class Xattrs {
    private Xattrs() {}

    static List<byte[]> list(byte[] path) {
        try (Arena arena = Arena.ofConfined()) {
            long file = FileCalls.string(arena, path).address();
            byte[] joined = whole(
                            FileCalls.LLISTXATTR,
                            path,
                            target -> Libc.call(FileCalls.LLISTXATTR, file, target.address(), target.byteSize()))
                    .orElse(new byte[0]);
            List<byte[]> names = new ArrayList<>();
            int start = 0;
            for (int i = 0; i < joined.length; i++) {
                if (joined[i] == 0) {
                    names.add(Arrays.copyOfRange(joined, start, i));
                    start = i + 1;
                }
            }
            names.sort(Arrays::compareUnsigned);
            return names;
        }
    }

    static Optional<byte[]> get(byte[] path, byte[] attribute) {
        try (Arena arena = Arena.ofConfined()) {
            long file = FileCalls.string(arena, path).address();
            long name = FileCalls.string(arena, attribute).address();
            return whole(
                    FileCalls.LGETXATTR,
                    path,
                    target -> Libc.call(FileCalls.LGETXATTR, file, name, target.address(), target.byteSize()));
        }
    }

    static void set(byte[] path, byte[] attribute, byte[] value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, value.length));
            MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, 0, value.length);
            long file = FileCalls.string(arena, path).address();
            long name = FileCalls.string(arena, attribute).address();
            ErrnoException.check(
                    Libc.call(FileCalls.LSETXATTR, file, name, bytes.address(), value.length, 0),
                    FileCalls.LSETXATTR,
                    path,
                    attribute);
        }
    }

    static void remove(byte[] path, byte[] attribute) {
        try (Arena arena = Arena.ofConfined()) {
            long file = FileCalls.string(arena, path).address();
            long name = FileCalls.string(arena, attribute).address();
            ErrnoException.check(
                    Libc.call(FileCalls.LREMOVEXATTR, file, name), FileCalls.LREMOVEXATTR, path, attribute);
        }
    }

    /** Asks for the size, then for the bytes, and again when they grew in between; none for an absent attribute. */
    private static Optional<byte[]> whole(SystemCall call, byte[] path, ToLongFunction<MemorySegment> read) {
        while (true) {
            long size = read.applyAsLong(MemorySegment.NULL);
            if (size <= 0) {
                return present(size, call, path).map(ignored -> new byte[0]);
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment target = arena.allocate(size);
                long length = read.applyAsLong(target);
                if (length != -Errno.ERANGE) {
                    return present(length, call, path)
                            .map(l -> target.asSlice(0, l).toArray(ValueLayout.JAVA_BYTE));
                }
            }
        }
    }

    private static Optional<Long> present(long result, SystemCall call, byte[] path) {
        return result == -Errno.ENODATA ? Optional.empty() : Optional.of(ErrnoException.check(result, call, path));
    }
}
