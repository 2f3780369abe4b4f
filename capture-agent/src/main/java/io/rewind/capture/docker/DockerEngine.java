package io.rewind.capture.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.rewind.capture.CaptureFault;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The engine of this host, through docker-java; {@code DOCKER_HOST} is respected. Thread-safe. */
public final class DockerEngine implements Engine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;

    private final DockerHttpClient http;
    private final DockerClient docker;

    public DockerEngine() {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        this.http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .build();
        this.docker = DockerClientImpl.getInstance(config, http);
    }

    @Override
    public List<String> running() {
        return ask(() ->
                docker.listContainersCmd().exec().stream().map(c -> c.getId()).toList());
    }

    @Override
    public Optional<Container> inspect(String nameOrId) {
        return ask(() -> {
            String path = "/containers/" + URLEncoder.encode(nameOrId, StandardCharsets.UTF_8) + "/json";
            DockerHttpClient.Request request = DockerHttpClient.Request.builder()
                    .method(DockerHttpClient.Request.Method.GET)
                    .path(path)
                    .build();
            try (DockerHttpClient.Response response = http.execute(request)) {
                byte[] body = response.getBody().readAllBytes();
                if (response.getStatusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                if (response.getStatusCode() != 200) {
                    throw unreachable(
                            "it answered " + response.getStatusCode() + ": " + new String(body, StandardCharsets.UTF_8),
                            null);
                }
                return Optional.of(parse(new String(body, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw unreachable(e.toString(), e);
            }
        });
    }

    /** From the engine's inspect JSON, of API version 1.24 or later. */
    static Container parse(String inspect) throws IOException {
        JsonNode json = JSON.readTree(inspect);
        Map<String, String> labels = new TreeMap<>();
        json.at("/Config/Labels")
                .properties()
                .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
        JsonNode state = json.path("State");
        return new Container(
                json.path("Id").asText(),
                json.path("Name").asText().replaceFirst("^/", ""),
                json.path("Image").asText(),
                state.path("Pid").asInt(),
                state.path("Running").asBoolean(),
                state.path("Paused").asBoolean(),
                json.at("/Config/Tty").asBoolean(),
                state.path("StartedAt").asText(),
                json.at("/HostConfig/NetworkMode").asText("default"),
                labels,
                inspect);
    }

    @Override
    public AutoCloseable events(Consumer<String> changed, Runnable lost) {
        return ask(() -> docker.eventsCmd()
                .withEventTypeFilter("container")
                // The last one: docker cp into it.
                .withEventFilter("start", "die", "rename", "destroy", "pause", "unpause", "extract-to-dir")
                .exec(new ResultCallback.Adapter<Event>() {
                    @Override
                    public void onNext(Event event) {
                        String id = event.getId();
                        if (id != null) {
                            changed.accept(id);
                        }
                    }

                    @Override
                    public void onError(Throwable error) {
                        lost.run();
                    }

                    @Override
                    public void onComplete() {
                        lost.run();
                    }
                }));
    }

    @Override
    public Execution exec(String container, String command, Duration limit) {
        return ask(() -> {
            try {
                return new Executions(docker).run(container, command, limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (IOException e) {
                throw unreachable(e.toString(), e);
            }
        });
    }

    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (Fault e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    private static Fault unreachable(String why, @Nullable Throwable cause) {
        String sentence = "the Docker engine does not answer: " + why;
        return cause == null
                ? new Fault(CaptureFault.ENGINE_UNREACHABLE, Severity.RETRYABLE, sentence)
                : new Fault(CaptureFault.ENGINE_UNREACHABLE, Severity.RETRYABLE, sentence, cause);
    }

    @Override
    public void close() {
        try {
            docker.close();
        } catch (IOException e) {
            throw unreachable(e.toString(), e);
        }
    }
}
