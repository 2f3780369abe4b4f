package io.rewind.store.read;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * Sends an answer as fast as its reader takes it: {@link #send} waits while more is under way than the transport
 * wants. For one sending thread, not the one that the transport calls on.
 */
final class Outflow<T> {
    private static final long CHECK_MILLIS = 100;

    private final ServerCallStreamObserver<T> observer;
    private final Object change = new Object();

    /** To be made on the thread that the call came on. */
    Outflow(StreamObserver<T> observer) {
        this.observer = (ServerCallStreamObserver<T>) observer;
        this.observer.setOnReadyHandler(this::signal);
        this.observer.setOnCancelHandler(this::signal);
    }

    private void signal() {
        synchronized (change) {
            change.notifyAll();
        }
    }

    /**
     * @param goOn asked while waiting; throws when there is no more point in it
     * @throws Gone when the reader is
     */
    void send(T message, Runnable goOn) {
        synchronized (change) {
            while (!observer.isReady()) {
                if (observer.isCancelled()) {
                    throw new Gone();
                }
                goOn.run();
                pause();
            }
        }
        if (observer.isCancelled()) {
            throw new Gone();
        }
        observer.onNext(message);
    }

    private void pause() {
        try {
            change.wait(CHECK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Gone();
        }
    }

    /** Nobody reads the answer any more: its deadline has passed or its reader left. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone() {
            super("the reader is gone", null, false, false);
        }
    }
}
