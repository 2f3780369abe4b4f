package io.rewind.cli.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.capture.CaptureAgent;
import io.rewind.cli.output.Json;
import io.rewind.runtime.service.Service;
import java.util.List;
import java.util.Map;

/** What a node says about itself on {@code /status}. */
final class NodeStatus {
    private NodeStatus() {}

    /**
     * <pre>
     *   { "state": "RUNNING", "pid", "started", "data", "bootstrap", "metrics",
     *     "services": [ { "name", "state" } … ],
     *     "watched": [ { "container", "name", "timeline", "intervalMillis", "lastPoint", "gap" } … ] }
     * </pre>
     *
     * The node's state is FAILED when that of any service is.
     */
    static ObjectNode of(
            NodeFile node, String data, Map<String, Service.State> services, List<CaptureAgent.Watched> watched) {
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
        ArrayNode containers = status.putArray("watched");
        watched.forEach(w -> containers
                .addObject()
                .put("container", w.container())
                .put("name", w.name())
                .put("timeline", w.timeline())
                .put("intervalMillis", w.intervalMillis())
                .put("lastPoint", w.lastPoint())
                .put("gap", w.gap()));
        return status;
    }
}
