package io.rewind.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.output.Json;
import io.rewind.runtime.service.Service;
import java.util.Map;

/** What a node says about itself on {@code /status}. */
final class NodeStatus {
    private NodeStatus() {}

    /**
     * <pre>
     *   { "state": "RUNNING", "pid", "started", "data", "bootstrap", "metrics",
     *     "services": [ { "name", "state" } … ],
     *     "watched": [ … ] }
     * </pre>
     *
     * The node's state is FAILED when that of any service is.
     */
    static ObjectNode of(NodeFile node, String data, Map<String, Service.State> services, String watched) {
        boolean failed = services.containsValue(Service.State.FAILED);
        ArrayNode list = Json.array();
        services.forEach(
                (name, state) -> list.add(Json.object().put("name", name).put("state", state.name())));
        ObjectNode status = Json.object()
                .put("state", (failed ? Service.State.FAILED : Service.State.RUNNING).name())
                .put("pid", node.pid())
                .put("started", node.started())
                .put("data", data)
                .put("bootstrap", node.bootstrap())
                .put("metrics", node.metrics());
        status.set("services", list);
        status.set("watched", Json.read(watched).filter(JsonNode::isArray).orElseGet(Json::array));
        return status;
    }
}
