package io.rewind.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.runtime.service.Service.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
    private final Map<String, State> states = new TreeMap<>(Map.of("encoder", State.STARTING));
    private final MetricsEndpoint endpoint = new MetricsEndpoint("127.0.0.1", 0);

    @AfterEach
    void close() {
        endpoint.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + endpoint.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void answers(int health, int ready) throws IOException, InterruptedException {
        assertThat(get("/health").statusCode()).isEqualTo(health);
        assertThat(get("/ready").statusCode()).isEqualTo(ready);
    }

    @Test
    void whoStartsIsHealthyAndNotReadyAndWhoFailedIsNeither() throws Exception {
        endpoint.watch(() -> states);
        endpoint.start();
        answers(200, 503);
        states.put("encoder", State.RUNNING);
        answers(200, 200);
        states.put("store", State.FAILED);
        answers(503, 503);
        assertThat(get("/ready").body()).isEqualTo("encoder RUNNING\nstore FAILED\n");
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }
}
