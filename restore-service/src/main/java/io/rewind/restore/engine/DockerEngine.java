package io.rewind.restore.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.EngineHttp.Answer;
import io.rewind.runtime.fault.Fault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Docker engine over its socket, in whatever version of the API it speaks by itself. Thread-safe. */
public final class DockerEngine implements Engine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger log = LoggerFactory.getLogger(DockerEngine.class);
    private static final Pattern REFERENCE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._/:@-]{0,511}");
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final EngineHttp http;

    private DockerEngine(EngineHttp http) {
        this.http = http;
    }

    /**
     * @param address such as {@code unix:///var/run/docker.sock}
     * @param patience for one answer; a start lasts as long as the restore in it
     */
    public static DockerEngine at(URI address, Duration patience) {
        return new DockerEngine(new EngineHttp(new ZerodepDockerHttpClient.Builder()
                .dockerHost(address)
                .connectionTimeout(CONNECT)
                .responseTimeout(patience)
                .build()));
    }

    @Override
    public Optional<Inspected> inspect(String nameOrId) {
        return found(http.get("/containers/" + path(nameOrId) + "/json")).map(Inspected::new);
    }

    @Override
    public List<String> running() {
        return done(http.get("/containers/json"))
                .valueStream()
                .map(container -> container.path("Id").asText())
                .toList();
    }

    @Override
    public Optional<String> imageId(String nameOrId) {
        return found(http.get("/images/" + path(nameOrId) + "/json"))
                .map(json -> json.path("Id").asText());
    }

    @Override
    public void pull(String name) {
        if (!REFERENCE.matcher(name).matches() || name.startsWith("sha256:")) {
            return;
        }
        // Without a tag the engine fetches all there are.
        boolean tagged = name.indexOf(':', name.lastIndexOf('/') + 1) >= 0;
        Answer answer = http.post("/images/create?fromImage=" + path(tagged ? name : name + ":latest"));
        log.info("image {}: {}", name, answer.ok() ? "pulled" : answer.message());
    }

    @Override
    public boolean hasRuntime(String name) {
        return done(http.get("/info")).path("Runtimes").has(name);
    }

    @Override
    public boolean hasNetwork(String nameOrId) {
        return found(http.get("/networks/" + path(nameOrId))).isPresent();
    }

    @Override
    public String create(String name, ObjectNode body) {
        return done(http.post("/containers/create?name=" + path(name), body))
                .path("Id")
                .asText();
    }

    @Override
    public void start(String id) {
        done(http.post("/containers/" + path(id) + "/start"), 304);
    }

    @Override
    public void kill(String id) {
        done(http.post("/containers/" + path(id) + "/kill?signal=KILL"), 409);
        done(http.post("/containers/" + path(id) + "/stop?t=0"), 304);
    }

    @Override
    public void pause(String id) {
        if (inspect(id).filter(c -> c.paused()).isEmpty()) {
            done(http.post("/containers/" + path(id) + "/pause"));
        }
    }

    @Override
    public void unpause(String id) {
        if (inspect(id).filter(Inspected::paused).isPresent()) {
            done(http.post("/containers/" + path(id) + "/unpause"));
        }
    }

    @Override
    public void rename(String id, String newName) {
        if (inspect(id).filter(c -> c.name().equals(newName)).isEmpty()) {
            done(http.post("/containers/" + path(id) + "/rename?name=" + path(newName)));
        }
    }

    @Override
    public void remove(String id, boolean withVolumes) {
        done(http.delete("/containers/" + path(id) + "?force=1&v=" + (withVolumes ? 1 : 0)), 404);
    }

    @Override
    public void connect(String network, String id, JsonNode endpoint) {
        ObjectNode body = JSON.createObjectNode().put("Container", id);
        body.set("EndpointConfig", endpoint);
        done(http.post("/networks/" + path(network) + "/connect", body));
    }

    @Override
    public void disconnect(String network, String id) {
        ObjectNode body = JSON.createObjectNode().put("Container", id).put("Force", true);
        done(http.post("/networks/" + path(network) + "/disconnect", body));
    }

    private static Optional<JsonNode> found(Answer answer) {
        return answer.status() == 404 ? Optional.empty() : Optional.of(done(answer));
    }

    private static JsonNode done(Answer answer, Integer... alsoFine) {
        if (answer.ok() || Set.of(alsoFine).contains(answer.status())) {
            return answer.json();
        }
        throw refused(answer);
    }

    private static Fault refused(Answer answer) {
        return RestoreCode.ENGINE_REFUSED.because("The container engine refused: " + answer.message());
    }

    private static String path(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
