package io.rewind.restore.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rewind.restore.code.RestoreCode;
import java.io.IOException;

/** What the engine said of a container when it was captured. */
public final class Description {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Description() {}

    /**
     * @param spec JSON; as the API gives it, or in an array as the command line does
     * @throws io.rewind.runtime.fault.Fault POINT_DAMAGED
     */
    public static JsonNode of(byte[] spec) {
        try {
            JsonNode json = JSON.readTree(spec);
            return json.isArray() ? json.path(0) : json;
        } catch (IOException e) {
            throw RestoreCode.POINT_DAMAGED.because("The point's description of its container is not JSON.", e);
        }
    }
}
