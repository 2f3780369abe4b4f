package io.rewind.capture.trace;

import io.rewind.runtime.posix.Errno;
import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * ptrace(2) requests about one task, and wait4(2) for what becomes of it. All from one thread: the kernel knows a
 * tracer by its thread, and lets a task go when that thread ends. Answers are the kernel's, minus an errno for errors.
 */
final class Ptrace {
    static final int SIGTRAP = 5;
    static final int SIGSTOP = 19;

    private static final SystemCall PTRACE = new SystemCall("ptrace", 101, 117);
    private static final SystemCall WAIT4 = new SystemCall("wait4", 61, 260);

    private static final long CONT = 7;
    private static final long GETREGS = 12;
    private static final long SETREGS = 13;
    private static final long DETACH = 17;
    private static final long SYSCALL = 24;
    private static final long SEIZE = 0x4206;
    private static final long INTERRUPT = 0x4207;
    private static final long GETSIGMASK = 0x420a;
    private static final long SETSIGMASK = 0x420b;
    /** A stop at a system call is told apart from a SIGTRAP by the signal number's bit 7. */
    private static final long O_TRACESYSGOOD = 1;

    private static final long O_SUSPEND_SECCOMP = 1 << 21;

    private static final long WNOHANG = 1;
    private static final long WALL = 0x4000_0000;

    private final int task;
    private final MemorySegment word;

    Ptrace(int task, Arena arena) {
        this.task = task;
        this.word = arena.allocate(ValueLayout.JAVA_LONG);
    }

    long seize(boolean suspendSeccomp) {
        return request(SEIZE, 0, O_TRACESYSGOOD | (suspendSeccomp ? O_SUSPEND_SECCOMP : 0));
    }

    long interrupt() {
        return request(INTERRUPT, 0, 0);
    }

    /** Lets it run on, with the signal if it is not 0. */
    long resume(int signal) {
        return request(CONT, 0, signal);
    }

    /** Lets it run to the next entry into a system call, or the next return from one. */
    long resumeToCall() {
        return request(SYSCALL, 0, 0);
    }

    long detach(int signal) {
        return request(DETACH, 0, signal);
    }

    long registers(MemorySegment target) {
        return request(GETREGS, 0, target.address());
    }

    long setRegisters(MemorySegment source) {
        return request(SETREGS, 0, source.address());
    }

    long signalMask(MemorySegment target) {
        return request(GETSIGMASK, Long.BYTES, target.address());
    }

    long setSignalMask(MemorySegment source) {
        return request(SETSIGMASK, Long.BYTES, source.address());
    }

    private long request(long request, long address, long data) {
        return Libc.call(PTRACE, request, task, address, data);
    }

    /** What became of the task. */
    sealed interface Change {
        /** Nothing yet. */
        record None() implements Change {}

        /** It ended, or another thread's exec took its place. */
        record Gone() implements Change {}

        /** It enters or leaves a system call. */
        record AtCall() implements Change {}

        /** It stands still because it was asked to, or ({@code signal} is not SIGTRAP) with its whole process. */
        record Stopped(int signal) implements Change {}

        /** It is about to receive the signal. */
        record AtSignal(int signal) implements Change {}
    }

    /** @param patient whether to wait for a change */
    Change await(boolean patient) {
        long answer;
        do {
            answer = Libc.call(WAIT4, task, word.address(), WALL | (patient ? 0 : WNOHANG), 0);
        } while (answer == -Errno.EINTR);
        if (answer == 0) {
            return new Change.None();
        }
        return answer < 0 ? new Change.Gone() : change(word.get(ValueLayout.JAVA_INT, 0));
    }

    /**
     * <pre>
     *   bits  0..6   0x7f: stopped, else it ended
     *   bits  8..15  signal
     *   bits 16..23  event: 128 for PTRACE_EVENT_STOP
     * </pre>
     */
    static Change change(int status) {
        int signal = status >> 8 & 0xff;
        if ((status & 0x7f) != 0x7f) {
            return new Change.Gone();
        }
        if (status >> 16 == 128) {
            return new Change.Stopped(signal);
        }
        return signal == (SIGTRAP | 0x80) ? new Change.AtCall() : new Change.AtSignal(signal);
    }
}
