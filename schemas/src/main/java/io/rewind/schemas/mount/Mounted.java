package io.rewind.schemas.mount;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A volume or a part of the host's files that is mounted into a container.
 *
 * @param bind whether it is the host's; otherwise it is a volume
 * @param name of the volume; empty for a bind mount
 * @param source path on the host
 * @param destination path where the container sees it
 */
public record Mounted(boolean bind, String name, String source, String destination) {
    /** All of a container, as the engine's inspect describes it. */
    public static List<Mounted> into(JsonNode inspected) {
        List<Mounted> mounts = new ArrayList<>();
        for (JsonNode mount : inspected.path("Mounts")) {
            String type = mount.path("Type").asText();
            if (type.equals("volume") || type.equals("bind")) {
                mounts.add(new Mounted(
                        type.equals("bind"),
                        mount.path("Name").asText(),
                        mount.path("Source").asText(),
                        mount.path("Destination").asText()));
            }
        }
        return mounts;
    }

    /** For people. */
    @Override
    public String toString() {
        return (bind ? "the host's " + source : "the volume") + " at " + destination;
    }
}
