package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.client.Watches;
import io.rewind.cli.monitoring.Prometheus;
import io.rewind.cli.service.ServiceKind;
import io.rewind.event.PointCommitted;
import io.rewind.runtime.config.Settings;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        return announced().committed(container).size();
    }

    @Test
    void everyQueryOfEveryDashboardHasDataAndEveryRuleIsUnderstood(@TempDir Path folder) throws IOException {
        String name = container("apart-watched");
        watch(name, Duration.ofSeconds(1));
        awaitPoints(name, 1);
        try (Prometheus prometheus = new Prometheus(folder, apart.endpoints())) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(prometheus.api().query("sum(up{job=\"rewind\"})"))
                            .containsExactly(4.0));
            new Happenings(apart.session()).all(name);
            prometheus.api().answersEverythingAbout(name);
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

        Set<String> opened = announced().opened(name);
        assertThat(announced().sealed(name))
                .as("an agent finishes what it began")
                .isEqualTo(opened);
        assertThat(announced().committed(name)).contains(last).hasSameElementsAs(opened);
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

    @Test
    void theyStepBackBehindTheContainers() {
        int nice = Settings.read(Optional.empty()).number("rewind.nice", 1, 19);
        for (ServiceKind kind : ServiceKind.values()) {
            await(kind.toString()).atMost(LIMIT).until(() -> apart.service(kind).nice() == nice);
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
