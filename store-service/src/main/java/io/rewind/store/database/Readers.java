package io.rewind.store.database;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.fault.StoreFault;

/** Keeps a database open while someone reads it: native memory must not go under a reader. */
final class Readers {
    private int active;
    private volatile boolean closing;

    synchronized void enter() {
        check();
        active++;
    }

    synchronized void leave() {
        active--;
        notifyAll();
    }

    /** @throws Fault STORE_CLOSING once somebody wants to close. */
    void check() {
        if (closing) {
            throw new Fault(
                    StoreFault.STORE_CLOSING,
                    Severity.RETRYABLE,
                    "this partition is moving to another store; ask again");
        }
    }

    /** Lets nobody in any more and waits for those inside, who see {@link #check} fail. @return false if closed before */
    synchronized boolean close() {
        if (closing) {
            return false;
        }
        closing = true;
        boolean interrupted = false;
        while (active > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
