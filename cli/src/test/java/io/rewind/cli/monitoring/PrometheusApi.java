package io.rewind.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.output.Json;
import io.rewind.cli.reference.MetricsPage;
import io.rewind.runtime.metrics.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a running Prometheus answers.
 *
 * @param address {@code host:port}
 */
public record PrometheusApi(String address) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** What the HTTP API says, its {@code data}; missing while it is not up yet. */
    public JsonNode ask(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/" + path))
                    .build();
            String answer =
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return Json.read(answer).orElseGet(Json::object).path("data");
        } catch (IOException e) {
            return Json.object().path("data");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** The values of an instant query that are numbers. */
    public List<Double> query(String expression) {
        JsonNode result = ask("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
        return result.findValues("value").stream()
                .map(value -> Double.parseDouble(value.path(1).asText().replace("Inf", "Infinity")))
                .filter(value -> !value.isNaN())
                .toList();
    }

    /** Every query of every dashboard about the container has data, every rule is valid, every series documented. */
    public void answersEverythingAbout(String container) throws IOException {
        List<Dashboards.Query> queries = Dashboards.queries(Map.of(
                "__rate_interval", "1m", "host", InetAddress.getLocalHost().getHostName(), "container", container));
        assertThat(queries).hasSizeGreaterThan(40);
        await().atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(queries)
                        .allSatisfy(query -> assertThat(query(query.expression()))
                                .as("%s", query)
                                .isNotEmpty()));
        ask("label/__name__/values").forEach(series -> assertDocumented(series.asText()));
        assertThat(ask("rules").findValuesAsText("health"))
                .hasSizeGreaterThan(10)
                .containsOnly("ok");
    }

    private static void assertDocumented(String series) {
        if (series.startsWith("rewind_")) {
            String family = series.replaceFirst("_(bucket|count|sum|max)$", "");
            assertThat(MetricsPage.families().values())
                    .as(series)
                    .anySatisfy(metrics ->
                            assertThat(metrics).extracting(Metric::name).contains(family));
        }
    }
}
