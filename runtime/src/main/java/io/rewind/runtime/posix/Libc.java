package io.rewind.runtime.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The kernel, through libc's {@code syscall}: every call runs on the calling thread and answers as the kernel does,
 * with a result or with minus the errno. Nothing is retried.
 */
public final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** Of a thread, since a call and the reading of its errno are two steps. */
    private static final ThreadLocal<MemorySegment> CAPTURED =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static final MethodHandle WORDS = bind(FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle BUFFER =
            bind(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG));

    private Libc() {}

    /**
     * A call with up to six words; an address among them must stay allocated until it returns.
     *
     * @return the result, or minus the errno
     */
    public static long call(SystemCall call, long... words) {
        if (words.length > 6) {
            throw new IllegalArgumentException(call.name() + ": a system call has six arguments at most");
        }
        MemorySegment state = CAPTURED.get();
        long result;
        try {
            result = (long) WORDS.invokeExact(
                    state,
                    (long) call.number(),
                    word(words, 0),
                    word(words, 1),
                    word(words, 2),
                    word(words, 3),
                    word(words, 4),
                    word(words, 5));
        } catch (Throwable e) {
            throw unchecked(e);
        }
        return result == -1 ? failure(state) : result;
    }

    /**
     * A call of the shape (descriptor, buffer, length, offset), such as pread64; the buffer is native and is kept from
     * being freed meanwhile.
     *
     * @return the result, or minus the errno
     */
    public static long transfer(SystemCall call, int descriptor, MemorySegment buffer, long offset) {
        MemorySegment state = CAPTURED.get();
        long result;
        try {
            result = (long) BUFFER.invokeExact(
                    state, (long) call.number(), (long) descriptor, buffer, buffer.byteSize(), offset);
        } catch (Throwable e) {
            throw unchecked(e);
        }
        return result == -1 ? failure(state) : result;
    }

    private static MethodHandle bind(FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("syscall"),
                descriptor,
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(1));
    }

    private static long word(long[] words, int index) {
        return index < words.length ? words[index] : 0;
    }

    private static long failure(MemorySegment state) {
        return -(int) ERRNO.get(state, 0L);
    }

    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}
