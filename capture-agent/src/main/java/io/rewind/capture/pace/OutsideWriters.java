package io.rewind.capture.pace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rewind.capture.docker.Container;
import java.util.stream.StreamSupport;

/** Who may write to what a container's points hold without a process of the container running. */
public final class OutsideWriters {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OutsideWriters() {}

    /** Whether it has files that the host or other containers can have mounted, or shared memory that they can have. */
    public static boolean possible(Container container) {
        try {
            JsonNode inspect = JSON.readTree(container.inspect());
            boolean mounts = StreamSupport.stream(inspect.path("Mounts").spliterator(), false)
                    .anyMatch(mount -> !mount.path("Type").asText().equals("tmpfs"));
            String memory = inspect.at("/HostConfig/IpcMode").asText();
            return mounts || memory.equals("host") || memory.equals("shareable") || memory.startsWith("container:");
        } catch (JsonProcessingException e) {
            return true;
        }
    }
}
