package io.rewind.restore.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What a restore asks of the engine. Names and ids are valid ones. Every call throws a {@link
 * io.rewind.runtime.fault.Fault}: ENGINE_UNREACHABLE (RETRYABLE) or ENGINE_REFUSED with the engine's own words. A call
 * that finds things as it would leave them changes nothing.
 */
public interface Engine extends AutoCloseable {
    Optional<Inspected> inspect(String nameOrId);

    /** Ids of all running containers, paused ones included. */
    List<String> running();

    /** The image's id; empty when it is not on this machine. */
    Optional<String> imageId(String nameOrId);

    /**
     * Fetches an image from its registry where that is possible; {@link #imageId} tells whether it came.
     *
     * @param name stored by somebody else
     */
    void pull(String name);

    boolean hasRuntime(String name);

    boolean hasNetwork(String nameOrId);

    /** @return the id */
    String create(String name, ObjectNode body);

    void start(String id);

    /** SIGKILL; returns when it has ended. */
    void kill(String id);

    void pause(String id);

    void unpause(String id);

    void rename(String id, String newName);

    /**
     * Running or not; volumes with a name stay.
     *
     * @param withVolumes whether those go that the engine made for this container alone
     */
    void remove(String id, boolean withVolumes);

    /** @param endpoint the engine's EndpointSettings */
    void connect(String network, String id, JsonNode endpoint);

    void disconnect(String network, String id);

    @Override
    void close();
}
