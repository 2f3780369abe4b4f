package io.rewind.restore.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.id.TimelineId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The same container once more, under the runtime that can restore, carrying its timeline on. */
public final class Replacement {
    private Replacement() {}

    /**
     * @param inspected the container as it is now
     * @param sameImage whether the name it was created from still means the image it runs
     */
    public static Created of(JsonNode inspected, boolean sameImage, TimelineId timeline, RequestId request) {
        ObjectNode body = Body.of(inspected);
        if (!sameImage) {
            body.set("Image", inspected.path("Image"));
        }
        Volumes.keepAll(inspected, Body.host(body));
        Body.labels(body).put(TimelineId.LABEL, timeline.text()).put(Body.REQUEST_LABEL, request.text());
        Map<String, JsonNode> networks = new LinkedHashMap<>(Endpoints.asked(inspected));
        String primary = Endpoints.primary(inspected);
        JsonNode first = networks.remove(primary);
        if (first != null) {
            Endpoints.putPrimary(body, primary, first);
        }
        return new Created(body, networks, java.util.List.of());
    }

    /** Whether a container was made for this request. */
    public static boolean madeFor(RequestId request, io.rewind.restore.engine.Inspected container) {
        return container
                .label(Body.REQUEST_LABEL)
                .filter(request.text()::equals)
                .isPresent();
    }
}
