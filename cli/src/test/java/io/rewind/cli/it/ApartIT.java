package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.client.Watches;
import io.rewind.cli.monitoring.Dashboards;
import io.rewind.cli.monitoring.Prometheus;
import io.rewind.cli.reference.MetricsPage;
import io.rewind.cli.service.ServiceKind;
import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.event.RestoreState;
import io.rewind.runtime.metrics.Metric;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The services as operators run them: apart, watched by Prometheus, told to end while they work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApartIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String COUNT = "n=0; while :; do n=$((n+1)); echo $n >/n; done";
    private static final int TERMINATED = 128 + 15;

    private final Docker docker = new Docker();

    @SuppressWarnings("NullAway.Init") // made before the first test, for all of them
    private Apart apart;

    @BeforeAll
    void start() throws IOException {
        apart = new Apart();
    }

    @AfterAll
    void stop() {
        docker.close();
        apart.close();
    }

    private String container(String what) {
        String name = docker.name(what);
        docker.start(name, "rewind-test/perl", "/bin/sh", "-c", COUNT);
        return name;
    }

    private void watch(String container, Duration interval) {
        new Watches(apart.session()).watch(new ContainerName(container), "", interval);
    }

    private Announced announced() {
        return new Announced(apart.session().cluster());
    }

    private void awaitPoints(String container, int more) {
        long before = points(container);
        await().atMost(LIMIT).until(() -> points(container) >= before + more);
    }

    private long points(String container) {
        return announced().points().stream()
                .filter(point -> point.getHeader().getName().equals(container))
                .count();
    }

    @Test
    void everyQueryOfEveryDashboardHasDataAndEveryRuleIsUnderstood(@TempDir Path folder) throws IOException {
        String name = container("apart-watched");
        watch(name, Duration.ofSeconds(1));
        awaitPoints(name, 1);
        try (Prometheus prometheus = new Prometheus(folder, apart.endpoints())) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(prometheus.query("sum(up{job=\"rewind\"})"))
                            .containsExactly(4.0));
            restoreAndFailTo(name);
            noise();
            Docker.run("pause", name);
            await().atMost(LIMIT)
                    .until(() -> announced().all(Topics.POINTS).stream()
                            .anyMatch(value -> Wire.decode(value) instanceof Gap));
            Docker.run("unpause", name);
            awaitPoints(name, 2);

            List<Dashboards.Query> queries = Dashboards.queries(Map.of(
                    "__rate_interval", "1m", "host", InetAddress.getLocalHost().getHostName(), "container", name));
            assertThat(queries).hasSizeGreaterThan(40);
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(queries)
                            .allSatisfy(query -> assertThat(prometheus.query(query.expression()))
                                    .as("%s", query)
                                    .isNotEmpty()));
            prometheus.ask("label/__name__/values").forEach(series -> assertDocumented(series.asText()));
            assertThat(prometheus.ask("rules").findValuesAsText("health"))
                    .hasSizeGreaterThan(10)
                    .containsOnly("ok");
        }
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

    private void restoreAndFailTo(String name) {
        ContainerName container = new ContainerName(name);
        PointChoice point = PointChoice.byId(Moves.id(new Moves(apart.session()).capture(name)));
        Restores restores = new Restores(apart.session());
        await().atMost(LIMIT)
                .until(
                        () -> restores.run(RestoreOrder.inPlace(container, point), each -> {})
                                .getState(),
                        RestoreState.RUNNING::equals);
        assertThat(restores.run(RestoreOrder.clone(container, point, container), each -> {})
                        .getState())
                .isEqualTo(RestoreState.FAILED);
    }

    private void noise() {
        try (Producer<byte[], byte[]> producer = apart.session().cluster().producer("it", 1 << 20)) {
            EventPublisher publisher = new EventPublisher(producer);
            publisher.sendEncoded(Topics.CAPTURE, "x", "not ours".getBytes(StandardCharsets.UTF_8));
            publisher.flush();
        }
    }

    @Test
    void I4_toldToEndInTheMiddleOfTheirWorkTheyLoseNothing() {
        String name = container("apart-ended");
        watch(name, Duration.ofMillis(300));
        for (ServiceKind kind : List.of(ServiceKind.ENCODER, ServiceKind.STORE, ServiceKind.AGENT)) {
            awaitPoints(name, 2);
            ServiceProcess running = apart.service(kind);
            assertThat(running.terminate()).as("%s", kind).isEqualTo(TERMINATED);
            assertThat(running.lines().getLast().path("formattedMessage").asText())
                    .endsWith(" ended");
            apart.start(kind);
            apart.endpoint(kind);
        }
        new Watches(apart.session()).unwatch(new ContainerName(name), "");
        String last = Moves.id(new Moves(apart.session()).capture(name));

        Set<String> opened = new HashSet<>();
        Set<String> sealed = new HashSet<>();
        for (byte[] value : announced().all(Topics.CAPTURE)) {
            switch (Wire.decode(value)) {
                case PointOpened point
                when point.getHeader().getName().equals(name) ->
                    opened.add(point.getHeader().getPoint());
                case PointSealed point -> sealed.add(point.getPoint());
                default -> {}
            }
        }
        assertThat(sealed).as("an agent finishes what it began").containsAll(opened);
        assertThat(announced().points().stream()
                        .filter(point -> point.getHeader().getName().equals(name))
                        .map(Moves::id)
                        .collect(Collectors.toSet()))
                .contains(last)
                .isEqualTo(opened);
        announced().holds();
    }

    @Test
    void theyTellHealthAndReadinessAndLogIdsWithEachLine() throws Exception {
        String name = container("apart-logged");
        PointCommitted point = new Moves(apart.session()).capture(name);
        for (String endpoint : apart.endpoints()) {
            for (String page : List.of("health", "ready")) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://" + endpoint + "/" + page))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).endsWith(" RUNNING\n");
            }
        }
        for (ServiceKind kind : List.of(ServiceKind.AGENT, ServiceKind.STORE)) {
            await().atMost(LIMIT)
                    .until(() -> apart.service(kind).lines().stream()
                            .map(line -> line.path("mdc"))
                            .anyMatch(ids -> about(ids, point)));
        }
    }

    private static boolean about(JsonNode ids, PointCommitted point) {
        return ids.path("point").asText().equals(point.getHeader().getPoint())
                && ids.path("timeline").asText().equals(point.getHeader().getTimeline());
    }

    @Test
    void consumersReadThePointsWithThePublishedSchemasAlone() throws Exception {
        String name = container("apart-fed");
        new Moves(apart.session()).capture(name);
        Set<String> expected = FeedPrograms.expected(announced().all(Topics.POINTS));
        assertThat(expected).anyMatch(line -> line.startsWith("committed " + name));
        assertThat(FeedPrograms.java(apart.bootstrap())).containsAll(expected);
        assertThat(FeedPrograms.python(apart.bootstrap())).containsAll(expected);
    }
}
