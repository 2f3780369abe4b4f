package io.rewind.runtime.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rewind.runtime.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics} in Prometheus' text format, and further read-only pages that a process adds. {@code /health} and
 * {@code /ready} answer 200 or 503, with a line for each service.
 */
public final class MetricsEndpoint implements Service {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final InetSocketAddress address;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Supplier<String>> jsonPages = new ConcurrentHashMap<>();
    private volatile Supplier<Map<String, State>> services = Map::of;
    private volatile State state = State.STARTING;
    private volatile int port;
    private @Nullable HttpServer server;

    /** Port 0 takes any free one; see {@link #port()}. */
    public MetricsEndpoint(String host, int port) {
        this.address = new InetSocketAddress(host, port);
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Serves what {@code json} gives at the time of asking, under {@code path} (with its slash). */
    public void page(String path, Supplier<String> json) {
        jsonPages.put(path, json);
    }

    /** Healthy: none has failed. Ready: all are running. */
    public void watch(Supplier<Map<String, State>> services) {
        this.services = services;
    }

    public int port() {
        return port;
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public synchronized void start() {
        try {
            HttpServer http = HttpServer.create(address, 0);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.createContext("/", this::answer);
            http.start();
            server = http;
            port = http.getAddress().getPort();
            state = State.RUNNING;
        } catch (IOException e) {
            state = State.FAILED;
            throw new UncheckedIOException("metrics endpoint " + address, e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Supplier<String> page = jsonPages.get(path);
            Map<String, State> states = services.get();
            if (path.equals("/metrics")) {
                send(exchange, 200, TEXT, registry.scrape());
            } else if (path.equals("/health")) {
                answer(exchange, !states.containsValue(State.FAILED), states);
            } else if (path.equals("/ready")) {
                answer(exchange, states.values().stream().allMatch(State.RUNNING::equals), states);
            } else if (page != null) {
                send(exchange, 200, "application/json", page.get());
            } else {
                send(exchange, 404, TEXT, "nothing here; see /metrics, /health and /ready\n");
            }
        }
    }

    private static void answer(HttpExchange exchange, boolean good, Map<String, State> states) throws IOException {
        String lines = states.entrySet().stream()
                .map(service -> service.getKey() + " " + service.getValue() + "\n")
                .collect(Collectors.joining());
        send(exchange, good ? 200 : 503, "text/plain; charset=utf-8", lines);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public synchronized void close() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
            server = null;
        }
        state = State.STOPPED;
    }
}
