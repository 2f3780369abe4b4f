package io.rewind.capture.trace;

import io.rewind.capture.process.TraceStatus;
import io.rewind.runtime.posix.Errno;
import io.rewind.runtime.posix.SystemCall;
import io.rewind.runtime.process.Mappings;
import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The first thread of another process, held still so that it can run system calls for us. Its registers and signal
 * mask are put back and it is let go by {@link #close()}, whatever happened between; a call of its own that was
 * interrupted is then restarted by the kernel, which finds the registers as it left them. One thread only, the one
 * that attached.
 *
 * <p>Calls are run between two system call stops rather than by single steps: the trap of a step is forced upon the
 * task, and resets the program's own disposition of SIGTRAP when that is "ignore".
 */
final class Tracee implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long POLL_NANOS = 20_000;
    private static final long ALL_SIGNALS = -1L;

    private final Arena arena = Arena.ofConfined();
    private final Ptrace ptrace;
    private final MemorySegment registers = arena.allocate(Registers.BYTES, Long.BYTES);
    private final MemorySegment saved = arena.allocate(Registers.BYTES, Long.BYTES);
    private final MemorySegment mask = arena.allocate(ValueLayout.JAVA_LONG);
    private long instruction;
    private int stopSignal;
    private boolean stopped;
    private boolean changed;
    private boolean gone;

    private Tracee(int pid) {
        this.ptrace = new Ptrace(pid, arena);
    }

    /**
     * @throws Untraceable when it cannot or should not be stopped; it may then still be attached to this thread, which
     *     has to end
     */
    static Tracee stop(ProcessKey process) throws Untraceable {
        Tracee tracee = new Tracee(process.pid());
        try {
            tracee.attach(process);
            tracee.prepare(process);
            return tracee;
        } catch (IOException e) {
            tracee.close();
            throw Untraceable.forNow("it ended");
        } catch (Untraceable | RuntimeException | Error e) {
            tracee.close();
            throw e;
        }
    }

    private void attach(ProcessKey process) throws Untraceable, IOException {
        TraceStatus status = TraceStatus.of(process.pid());
        if (status.tracer() != 0) {
            throw Untraceable.forNow("it is traced by process " + status.tracer());
        }
        long answer = ptrace.seize(true);
        if (answer < 0 && answer != -Errno.ESRCH && !status.filtered()) {
            // Seccomp cannot be suspended here. Without a filter there is none to suspend; a filter might kill.
            answer = ptrace.seize(false);
        }
        if (answer < 0) {
            throw refused("ptrace", answer);
        }
        ptrace.interrupt();
        awaitStop();
    }

    /** Signals that arrive before the stop are delivered as if nobody watched. */
    private void awaitStop() throws Untraceable {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() - deadline < 0) {
            switch (ptrace.await(false)) {
                case Ptrace.Change.Stopped stop -> {
                    stopped = true;
                    if (stop.signal() != Ptrace.SIGTRAP) {
                        throw Untraceable.forNow("it is stopped");
                    }
                    return;
                }
                case Ptrace.Change.AtSignal at -> ptrace.resume(at.signal());
                case Ptrace.Change.AtCall at -> ptrace.resume(0);
                case Ptrace.Change.Gone end -> throw ended();
                case Ptrace.Change.None none -> LockSupport.parkNanos(POLL_NANOS);
            }
        }
        throw Untraceable.forNow("it does not stop: it waits inside the kernel");
    }

    private void prepare(ProcessKey process) throws Untraceable, IOException {
        // Only now can the pid no longer pass to another process.
        if (!process.isAlive()) {
            throw Untraceable.forNow("it ended");
        }
        check("reading registers", ptrace.registers(saved));
        if (!Registers.isLongMode(saved)) {
            throw Untraceable.forGood("it is not a 64-bit program");
        }
        instruction = CallInstruction.find(process.pid(), Mappings.of(process.pid()));
        check("reading the signal mask", ptrace.signalMask(mask));
        MemorySegment all = arena.allocateFrom(ValueLayout.JAVA_LONG, ALL_SIGNALS);
        changed = true;
        check("blocking signals", ptrace.setSignalMask(all));
    }

    /**
     * Runs one call in the task.
     *
     * @return what the kernel answered it: a result or minus an errno
     * @throws Untraceable when the task ended, or something else than the call happened
     */
    long call(SystemCall call, long... arguments) throws Untraceable {
        registers.copyFrom(saved);
        Registers.prepare(registers, instruction, call.number(), arguments);
        check("setting registers", ptrace.setRegisters(registers));
        toCall();
        check("reading registers", ptrace.registers(registers));
        if (Registers.callNumber(registers) != call.number()) {
            throw Untraceable.forNow("it runs a call of its own");
        }
        toCall();
        check("reading registers", ptrace.registers(registers));
        return Registers.result(registers);
    }

    private void toCall() throws Untraceable {
        while (true) {
            check("resuming", ptrace.resumeToCall());
            stopped = false;
            Ptrace.Change change = ptrace.await(true);
            stopped = true;
            switch (change) {
                case Ptrace.Change.AtCall at -> {
                    return;
                }
                // The rest of its process stops; the kernel sees to it that it stops too once we let it go.
                case Ptrace.Change.Stopped stop -> {}
                case Ptrace.Change.AtSignal at when at.signal() == Ptrace.SIGSTOP -> stopSignal = at.signal();
                case Ptrace.Change.AtSignal at ->
                    throw Untraceable.forNow("the call was answered by signal " + at.signal());
                case Ptrace.Change.Gone end -> throw ended();
                case Ptrace.Change.None none -> throw new IllegalStateException("wait4 did not wait");
            }
        }
    }

    private Untraceable ended() {
        gone = true;
        return Untraceable.forNow("it ended");
    }

    private void check(String what, long answer) throws Untraceable {
        if (answer < 0) {
            throw refused(what, answer);
        }
    }

    private static Untraceable refused(String what, long answer) {
        return Untraceable.forNow(what + ": " + Errno.name((int) -answer));
    }

    @Override
    public void close() {
        try {
            if (!stopped && changed && !gone) {
                // An error struck while it ran to a stop, which comes; without one nothing could be put back.
                gone = ptrace.await(true) instanceof Ptrace.Change.Gone;
                stopped = true;
            }
            if (stopped && !gone) {
                if (changed) {
                    ptrace.setRegisters(saved);
                    ptrace.setSignalMask(mask);
                }
                ptrace.detach(stopSignal);
            }
        } finally {
            arena.close();
        }
    }
}
