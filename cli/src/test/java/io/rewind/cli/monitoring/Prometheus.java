package io.rewind.cli.monitoring;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A real Prometheus that scrapes every second, with the rules of {@code monitoring/alerts.yml}. */
public final class Prometheus implements AutoCloseable {
    private final Process process;
    private final PrometheusApi api;

    /**
     * @param folder for its data
     * @param targets {@code host:port} of metrics endpoints
     */
    public Prometheus(Path folder, List<String> targets) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            api = new PrometheusApi("127.0.0.1:" + free.getLocalPort());
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
                        "--web.listen-address=" + api.address())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** Where {@code ./rewind test} put prometheus and promtool. */
    static Path programs() {
        return Path.of(System.getenv().getOrDefault("REWIND_PROMETHEUS", "/opt/rewind/prometheus/usr/bin"));
    }

    public PrometheusApi api() {
        return api;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
