package io.rewind.store.upkeep;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.fault.StoreFault;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What other threads want to have written by the one that writes. */
public final class WriterQueue {
    private final Queue<FutureTask<?>> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** Returns when the work is done; what it throws is thrown here. @throws Fault STORE_CLOSING */
    public <T> T call(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        waiting.add(task);
        if (closed) {
            task.cancel(false);
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw new IllegalStateException("what was to be written failed", e.getCause());
        } catch (CancellationException e) {
            throw closing(e);
        } catch (InterruptedException e) {
            task.cancel(false);
            Thread.currentThread().interrupt();
            throw closing(e);
        }
    }

    private static Fault closing(Exception cause) {
        return new Fault(StoreFault.STORE_CLOSING, Severity.RETRYABLE, "this partition is being closed", cause);
    }

    /** Likewise, of work without a result. */
    public void execute(Runnable work) {
        boolean _ = call(() -> {
            work.run();
            return true;
        });
    }

    /** Does what waits, on the thread that writes. @return whether there was anything */
    public boolean run() {
        boolean any = false;
        for (FutureTask<?> task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
            any = true;
        }
        return any;
    }

    /** Nothing is written any more; whoever waits hears so. */
    public void close() {
        closed = true;
        for (FutureTask<?> task = waiting.poll(); task != null; task = waiting.poll()) {
            task.cancel(false);
        }
    }
}
