package io.rewind.cli.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.output.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A real Prometheus that scrapes every second, with the rules of {@code monitoring/alerts.yml}. */
public final class Prometheus implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    /**
     * @param folder for its data
     * @param targets {@code host:port} of metrics endpoints
     */
    public Prometheus(Path folder, List<String> targets) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            address = "127.0.0.1:" + free.getLocalPort();
        }
        String list = targets.stream().map(target -> "'" + target + "'").collect(Collectors.joining(", "));
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s']
                scrape_configs:
                  - {job_name: rewind, static_configs: [{targets: [%s]}]}
                """.formatted(
                        Dashboards.MONITORING.resolve("alerts.yml").toRealPath(), list));
        process = new ProcessBuilder(
                        programs().resolve("prometheus").toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** Where {@code ./rewind test} put prometheus and promtool. */
    static Path programs() {
        return Path.of(System.getenv().getOrDefault("REWIND_PROMETHEUS", "/opt/rewind/prometheus/usr/bin"));
    }

    /** What the HTTP API says, its {@code data}; missing while it is not up yet. */
    public JsonNode ask(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/" + path))
                    .build();
            String answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
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

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
