package io.rewind.runtime.service;

/** A part of the process with a life of its own. */
public interface Service extends AutoCloseable {
    enum State {
        STARTING,
        RUNNING,
        STOPPED,
        FAILED
    }

    String name();

    /** Returns once the service does its work; throws, having released everything, when it cannot. */
    void start();

    State state();

    /** Graceful: finishes or hands back what is under way, then releases everything. May be called twice. */
    @Override
    void close();
}
