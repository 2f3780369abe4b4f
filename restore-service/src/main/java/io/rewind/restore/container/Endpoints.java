package io.rewind.restore.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How a container hangs on its networks: what was asked for, without what the engine made of it. */
public final class Endpoints {
    private static final Set<String> UNNAMED = Set.of("bridge", "host", "none", "default");

    private Endpoints() {}

    /** Each network by name, with the settings that somebody asked for: fixed addresses, aliases, links, options. */
    static Map<String, JsonNode> asked(JsonNode inspected) {
        Map<String, JsonNode> endpoints = new LinkedHashMap<>();
        inspected.path("NetworkSettings").path("Networks").properties().forEach(network -> {
            ObjectNode endpoint = Body.object();
            JsonNode now = network.getValue();
            keep(now, endpoint, "IPAMConfig");
            keep(now, endpoint, "Links");
            keep(now, endpoint, "DriverOpts");
            if (now.path("GwPriority").asInt() != 0) {
                endpoint.set("GwPriority", now.get("GwPriority"));
            }
            ArrayNode aliases = endpoint.arrayNode();
            now.path("Aliases").forEach(alias -> {
                if (!alias.asText().equals(Body.shortId(inspected))) {
                    aliases.add(alias);
                }
            });
            if (!aliases.isEmpty() && !UNNAMED.contains(network.getKey())) {
                endpoint.set("Aliases", aliases);
            }
            endpoints.put(network.getKey(), endpoint);
        });
        return endpoints;
    }

    /**
     * The settings that bring the container back to the addresses it has now. Networks whose subnet nobody chose
     * accept no fixed address; then {@link #reconnectAnyAddress} is what is left.
     */
    public static Map<String, JsonNode> reconnect(JsonNode inspected) {
        Map<String, JsonNode> endpoints = asked(inspected);
        endpoints.forEach((name, endpoint) -> {
            JsonNode now = inspected.path("NetworkSettings").path("Networks").path(name);
            Body.text(now, "IPAddress").ifPresent(address -> {
                if (!UNNAMED.contains(name)) {
                    ObjectNode fixed = Body.copy(endpoint.path("IPAMConfig"));
                    fixed.put("IPv4Address", address);
                    Body.text(now, "GlobalIPv6Address").ifPresent(v6 -> fixed.put("IPv6Address", v6));
                    ((ObjectNode) endpoint).set("IPAMConfig", fixed);
                }
            });
        });
        return endpoints;
    }

    public static Map<String, JsonNode> reconnectAnyAddress(JsonNode inspected) {
        return asked(inspected);
    }

    private static void keep(JsonNode from, ObjectNode to, String field) {
        if (from.hasNonNull(field) && !from.path(field).isEmpty()) {
            to.set(field, from.get(field));
        }
    }

    /** The network that create takes, by the name under which it is inspected. */
    static String primary(JsonNode inspected) {
        String mode = inspected.path("HostConfig").path("NetworkMode").asText();
        String named = mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
        JsonNode networks = inspected.path("NetworkSettings").path("Networks");
        for (Map.Entry<String, JsonNode> network : networks.properties()) {
            if (network.getValue().path("NetworkID").asText().equals(named)) {
                return network.getKey();
            }
        }
        return named;
    }

    static void putPrimary(ObjectNode body, String network, JsonNode endpoint) {
        body.putObject("NetworkingConfig").putObject("EndpointsConfig").set(network, endpoint);
    }
}
