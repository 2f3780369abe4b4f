package io.rewind.restore.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is mounted into a container. */
final class Volumes {
    private Volumes() {}

    /** The same mounts, those without a name included: named by what the engine called them. */
    static void keepAll(JsonNode inspected, ObjectNode host) {
        Set<String> covered = targets(host);
        ArrayNode binds = host.path("Binds") instanceof ArrayNode array ? array : host.putArray("Binds");
        for (JsonNode mount : inspected.path("Mounts")) {
            String target = mount.path("Destination").asText();
            String type = mount.path("Type").asText();
            if (!covered.contains(target) && (type.equals("volume") || type.equals("bind"))) {
                String source =
                        mount.path(type.equals("volume") ? "Name" : "Source").asText();
                binds.add(source + ":" + target + (mount.path("RW").asBoolean(true) ? "" : ":ro"));
            }
        }
        host.putNull("VolumesFrom");
    }

    /**
     * A live volume shared by two would be corrupted: fresh ones instead; and a stored description names no host path.
     *
     * @param filled places in the container for whose volumes there is content
     */
    static List<String> fresh(JsonNode inspected, ObjectNode body, ObjectNode host, Set<String> filled) {
        List<String> leftOut = new ArrayList<>();
        host.putArray("Binds");
        ArrayNode mounts = host.arrayNode();
        host.path("Mounts").forEach(mount -> {
            if (mount.path("Type").asText().equals("tmpfs")) {
                mounts.add(mount);
            }
        });
        host.set("Mounts", mounts);
        host.putNull("VolumesFrom");
        ObjectNode anonymous = Body.copy(body.path("Volumes"));
        for (JsonNode mount : inspected.path("Mounts")) {
            String target = mount.path("Destination").asText();
            String type = mount.path("Type").asText();
            if (type.equals("volume") || filled.contains(target)) {
                anonymous.putObject(target);
            }
            if (!filled.contains(target)) {
                switch (type) {
                    case "volume" -> leftOut.add("the volume at " + target + " begins as its image has it");
                    case "bind" -> leftOut.add("the host's files at " + target + " are not mounted");
                    default -> {}
                }
            }
        }
        body.set("Volumes", anonymous);
        return leftOut;
    }

    private static Set<String> targets(ObjectNode host) {
        Set<String> targets = new HashSet<>();
        host.path("Binds").forEach(bind -> {
            String[] parts = bind.asText().split(":", -1);
            if (parts.length > 1) {
                targets.add(parts[1]);
            }
        });
        host.path("Mounts").forEach(mount -> targets.add(mount.path("Target").asText()));
        return targets;
    }
}
