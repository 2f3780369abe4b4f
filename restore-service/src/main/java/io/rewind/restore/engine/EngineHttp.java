package io.rewind.restore.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Requests and answers in JSON over docker-java's transport. Thread-safe. */
final class EngineHttp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DockerHttpClient client;

    EngineHttp(DockerHttpClient client) {
        this.client = client;
    }

    /** @param json missing when the engine sent none */
    record Answer(int status, JsonNode json) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The engine's sentence. */
        String message() {
            return json.path("message").asText("status " + status);
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path) {
        return send("POST", path, null);
    }

    Answer post(String path, JsonNode body) {
        return send("POST", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    private Answer send(String method, String path, @Nullable JsonNode body) {
        Request.Builder request = Request.builder()
                .method(Request.Method.valueOf(method))
                .path(path)
                .putHeader("Accept", "application/json");
        if (body != null) {
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            request.putHeader("Content-Type", "application/json").body(new ByteArrayInputStream(bytes));
        }
        try (Response response = client.execute(request.build())) {
            byte[] answer = response.getBody().readAllBytes();
            return new Answer(response.getStatusCode(), parse(answer));
        } catch (IOException | RuntimeException e) {
            throw new Fault(
                    RestoreCode.ENGINE_UNREACHABLE,
                    Severity.RETRYABLE,
                    "The container engine does not answer: " + e.getMessage() + ".",
                    e);
        }
    }

    private static JsonNode parse(byte[] bytes) throws IOException {
        try {
            JsonNode json = bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("message", new String(bytes, StandardCharsets.UTF_8).strip());
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new Fault(RestoreCode.ENGINE_UNREACHABLE, Severity.RETRYABLE, "connection not closed", e);
        }
    }
}
