package io.rewind.restore.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.event.PortBinding;
import io.rewind.restore.code.RestoreCode;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.id.TimelineId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A container of its own beside the captured one: own address, only the ports asked for, no volume shared. */
public final class Clone {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
    private static final int MAX_PORT = 65535;

    private Clone() {}

    /**
     * @param spec the captured container as the engine described it then
     * @param networkThere whether the engine has a network of that name
     * @param trees file trees that there is content for: those that are mounted become volumes
     */
    public static Created of(
            JsonNode spec,
            List<PortBinding> ports,
            RequestId request,
            Predicate<String> networkThere,
            Set<String> trees) {
        ObjectNode body = Body.of(spec);
        ObjectNode host = Body.host(body);
        body.set("Image", spec.path("Image"));
        if (body.path("Hostname").asText().equals(Body.shortId(spec))) {
            body.remove("Hostname");
        }
        body.remove("MacAddress");
        ObjectNode labels = Body.labels(body);
        labels.remove(TimelineId.LABEL);
        labels.put(Body.REQUEST_LABEL, request.text());
        host.put("AutoRemove", false);
        host.put("PublishAllPorts", false);
        host.putNull("Links");
        List<String> leftOut = new ArrayList<>(Volumes.fresh(spec, body, host, trees));
        leftOut.addAll(HostPowers.renounce(host));
        network(spec, body, host, networkThere, leftOut);
        publish(body, host, ports);
        return new Created(body, Map.of(), leftOut);
    }

    private static void network(
            JsonNode spec, ObjectNode body, ObjectNode host, Predicate<String> there, List<String> leftOut) {
        String primary = Endpoints.primary(spec);
        body.remove("NetworkingConfig");
        if (primary.equals("host") || primary.startsWith("container:")) {
            throw RestoreCode.MODE_UNSUPPORTED.because(
                    "A container in the network of " + primary + " cannot stand beside itself; restore it in place.");
        }
        if (!primary.equals("bridge") && !primary.equals("none") && !there.test(primary)) {
            leftOut.add("the network " + primary + " is gone, the default one is used");
            primary = "bridge";
        }
        host.put("NetworkMode", primary.equals("bridge") ? "default" : primary);
    }

    private static void publish(ObjectNode body, ObjectNode host, List<PortBinding> ports) {
        ObjectNode bindings = host.putObject("PortBindings");
        ObjectNode exposed = Body.copy(body.path("ExposedPorts"));
        for (PortBinding port : ports) {
            String protocol = port.getProtocol().isEmpty() ? "tcp" : port.getProtocol();
            if (port.getContainerPort() < 1
                    || port.getContainerPort() > MAX_PORT
                    || port.getHostPort() < 0
                    || port.getHostPort() > MAX_PORT
                    || !PROTOCOLS.contains(protocol)) {
                throw RestoreCode.PORT_INVALID.because(
                        port.getHostPort() + ":" + port.getContainerPort() + "/" + protocol + " cannot be published.");
            }
            String key = port.getContainerPort() + "/" + protocol;
            exposed.putObject(key);
            ArrayNode list = bindings.path(key) instanceof ArrayNode array ? array : bindings.putArray(key);
            list.addObject()
                    .put("HostIp", port.getHostAddress())
                    .put("HostPort", port.getHostPort() == 0 ? "" : Integer.toString(port.getHostPort()));
        }
        body.set("ExposedPorts", exposed);
    }
}
