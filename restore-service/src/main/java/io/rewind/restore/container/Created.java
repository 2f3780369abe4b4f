package io.rewind.restore.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A container to create.
 *
 * @param body of the engine's create call, with at most one network in it: older engines take no more
 * @param furtherNetworks to be connected after that, with their endpoint settings
 * @param leftOut what the container has that this one will not, a clause each, for people
 */
public record Created(ObjectNode body, Map<String, JsonNode> furtherNetworks, List<String> leftOut) {
    public Created {
        furtherNetworks = Map.copyOf(furtherNetworks);
        leftOut = List.copyOf(leftOut);
    }
}
