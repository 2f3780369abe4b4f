package io.rewind.capture.docker;

import io.rewind.runtime.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the agent asks of the engine. Calls throw Fault RETRYABLE ENGINE_UNREACHABLE when it does not answer. */
public interface Engine extends AutoCloseable {
    /** Ids of all running containers. */
    List<String> running();

    /** By name, id or unambiguous beginning of an id. */
    Optional<Container> inspect(String nameOrId);

    /**
     * Tells the id of every container that was started, stopped, renamed, removed or written to from now on, until closed; after
     * a lost connection, which the engine's restart is, {@code lost} is called once instead.
     *
     * @throws Fault ENGINE_UNREACHABLE
     */
    AutoCloseable events(Consumer<String> changed, Runnable lost);

    /**
     * Runs a shell command inside the container, with the user and environment it was created with.
     *
     * @param limit after which it is killed
     */
    Execution exec(String container, String command, Duration limit);

    @Override
    void close();
}
