package io.rewind.restore.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Pieces of an engine's JSON that both kinds of container need. */
final class Body {
    static final String RUNTIME = "rewind";
    /** The request that a container was made for: how a crashed service finds what it began. */
    static final String REQUEST_LABEL = "rewind.request";

    private static final int SHORT_ID = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Body() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The inspected Config with HostConfig inside it, as create wants them. */
    static ObjectNode of(JsonNode inspected) {
        ObjectNode body = copy(inspected.path("Config"));
        ObjectNode host = copy(inspected.path("HostConfig"));
        host.put("Runtime", RUNTIME);
        host.put("ContainerIDFile", "");
        body.set("HostConfig", host);
        dropConflicts(body, host);
        return body;
    }

    /** With a network or host name that is another's the engine refuses fields that it shows itself. */
    private static void dropConflicts(ObjectNode body, ObjectNode host) {
        String mode = host.path("NetworkMode").asText();
        if (mode.startsWith("container:")) {
            body.remove(java.util.List.of("Hostname", "Domainname", "ExposedPorts", "MacAddress"));
        }
        if (mode.equals("host") || host.path("UTSMode").asText().equals("host")) {
            body.remove(java.util.List.of("Hostname", "Domainname"));
        }
    }

    static ObjectNode host(ObjectNode body) {
        return (ObjectNode) body.get("HostConfig");
    }

    static ObjectNode labels(ObjectNode body) {
        return body.path("Labels") instanceof ObjectNode labels ? labels : body.putObject("Labels");
    }

    static ObjectNode copy(JsonNode node) {
        return node instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.asText().isEmpty() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** What the engine itself adds as alias and host name. */
    static String shortId(JsonNode inspected) {
        String id = inspected.path("Id").asText();
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }
}
