package io.rewind.capture.trace;

import io.rewind.capture.process.TraceStatus;
import io.rewind.runtime.posix.Descriptor;
import io.rewind.runtime.posix.Errno;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.Machine;
import io.rewind.runtime.posix.SystemCall;
import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a process create a userfaultfd for its own memory, and takes it over. The process stands still for about a
 * millisecond, once in its life, and keeps nothing of it.
 *
 * <p>One injection at a time, each on a platform thread of its own: what ptrace attaches to belongs to a thread, and
 * the end of the thread lets go of whatever would not stop in time. The agent does not end while one is under way.
 */
final class Injector {
    private static final SystemCall USERFAULTFD = new SystemCall("userfaultfd", 323, 282);
    private static final SystemCall CLOSE = new SystemCall("close", 3, 57);
    private static final SystemCall PIDFD_OPEN = SystemCall.common("pidfd_open", 434);
    private static final SystemCall PIDFD_GETFD = SystemCall.common("pidfd_getfd", 438);
    private static final long O_CLOEXEC = 0x80000;
    /** Without it the call needs privileges that the process has not; faults inside the kernel need no handler here. */
    private static final long UFFD_USER_MODE_ONLY = 1;

    private static final long LIMIT_SECONDS = 2;
    private static final long POLL_NANOS = 200_000;
    private static final Semaphore TURN = new Semaphore(1, true);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Injector::takeTurn, "trace-last"));
    }

    private Injector() {}

    /**
     * @throws Untraceable why not; the process runs on, attached to nobody
     * @throws InterruptedException the process runs on
     */
    static Descriptor userfaultfd(ProcessKey process) throws Untraceable, InterruptedException {
        if (Machine.current() != Machine.AMD64) {
            throw Untraceable.forGood("system calls are run in other processes on x86-64 only");
        }
        if (!takeTurn()) {
            throw Untraceable.forNow("another process holds up tracing");
        }
        CompletableFuture<Descriptor> taken = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().name("trace").daemon().start(() -> inject(process, taken));
        try {
            Descriptor descriptor = taken.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            thread.join();
            return descriptor;
        } catch (ExecutionException e) {
            thread.join();
            awaitDetached(process.pid());
            if (e.getCause() instanceof Untraceable why) {
                throw why;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            taken.cancel(false);
            throw e;
        } catch (TimeoutException e) {
            taken.cancel(false);
            throw Untraceable.forNow("it stands still for another reason");
        }
    }

    private static boolean takeTurn() {
        try {
            return TURN.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void inject(ProcessKey process, CompletableFuture<Descriptor> taken) {
        try {
            Descriptor descriptor = create(process);
            if (!taken.complete(descriptor)) {
                descriptor.close();
            }
        } catch (Throwable e) {
            taken.completeExceptionally(e);
        } finally {
            TURN.release();
        }
    }

    private static Descriptor create(ProcessKey process) throws Untraceable {
        try (Tracee tracee = Tracee.stop(process)) {
            long number = tracee.call(USERFAULTFD, O_CLOEXEC | UFFD_USER_MODE_ONLY);
            if (number < 0) {
                throw Untraceable.forGood("userfaultfd: " + Errno.name((int) -number));
            }
            try {
                return take(process.pid(), number);
            } finally {
                tracee.call(CLOSE, number);
            }
        } catch (ErrnoException e) {
            throw Untraceable.forNow(String.valueOf(e.getMessage()));
        }
    }

    private static Descriptor take(int pid, long number) {
        try (Descriptor owner = new Descriptor(ErrnoException.check(Libc.call(PIDFD_OPEN, pid, 0), PIDFD_OPEN))) {
            return new Descriptor(ErrnoException.check(Libc.call(PIDFD_GETFD, owner.number(), number, 0), PIDFD_GETFD));
        }
    }

    /** The thread has ended for Java a moment before it has for the kernel, and whoever comes next may want to trace. */
    private static void awaitDetached(int pid) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try {
            while (isThreadOfOurs(TraceStatus.of(pid).tracer()) && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        } catch (IOException e) {
            // It ended.
        }
    }

    private static boolean isThreadOfOurs(int task) {
        return task != 0 && Files.exists(Path.of("/proc/self/task", Integer.toString(task)));
    }
}
