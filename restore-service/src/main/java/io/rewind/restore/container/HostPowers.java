package io.rewind.restore.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a container's description may ask of the host. A description that comes out of the store is not trusted with
 * any of it (I9): no host path, no device, no namespace of the host, no capability beyond the usual ones.
 */
final class HostPowers {
    /** Fields of HostConfig that are dropped in silence: they name things of the host that a clone does not need. */
    private static final Set<String> NAMING_THE_HOST =
            Set.of("CgroupParent", "ContainerIDFile", "LogConfig", "MaskedPaths", "ReadonlyPaths", "VolumesFrom");

    private static final Set<String> NAMESPACES = Set.of("PidMode", "IpcMode", "UTSMode", "UsernsMode", "CgroupnsMode");

    private static final Set<String> POWERS =
            Set.of("CapAdd", "DeviceCgroupRules", "DeviceRequests", "Devices", "SecurityOpt");

    private HostPowers() {}

    /** Takes them out of {@code host}; a clause for each that a person would miss. */
    static List<String> renounce(ObjectNode host) {
        List<String> leftOut = new ArrayList<>();
        NAMING_THE_HOST.forEach(host::remove);
        if (host.path("Privileged").asBoolean()) {
            leftOut.add("it is not privileged");
        }
        host.put("Privileged", false);
        for (String field : POWERS.stream().sorted().toList()) {
            JsonNode dropped = host.path(field);
            if (dropped.isArray() && !dropped.isEmpty()) {
                leftOut.add("its " + field + " are not granted");
            }
            host.remove(field);
        }
        for (String field : NAMESPACES) {
            String mode = host.path(field).asText();
            if (mode.equals("host") || mode.startsWith("container:")) {
                host.remove(field);
            }
        }
        return leftOut;
    }
}
