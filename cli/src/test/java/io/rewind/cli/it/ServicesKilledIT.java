package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.Feed;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.service.ServiceKind;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that a restore needs is killed in the middle of it: run by {@code ./rewind test services-killed}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "rewind.test.services-killed", matches = "true")
class ServicesKilledIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String COUNT = "n=0; while :; do n=$((n+1)); echo $n >/n; done";

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

    @ParameterizedTest
    @CsvSource({
        "RESTORE, ACCEPTED", "RESTORE, CAPTURING_PRESENT", "RESTORE, FETCHING", "RESTORE, RESTORING",
        "STORE, ACCEPTED", "STORE, CAPTURING_PRESENT", "STORE, FETCHING", "STORE, RESTORING",
        "ENCODER, CAPTURING_PRESENT", "AGENT, CAPTURING_PRESENT"
    })
    void I8_theOldOrTheNewContainerRunsAndTheRequestHasOneEnd(ServiceKind kind, RestoreState when) {
        String name = docker.name("services-killed");
        docker.start(name, "rewind-test/perl", "/bin/sh", "-c", COUNT);
        String point = Moves.id(new Moves(apart.session()).capture(name));
        RequestId id = RequestId.random();
        try (Feed results = apart.session().follow(Topics.RESTORE_RESULTS)) {
            new Restores(apart.session())
                    .send(id, RestoreOrder.inPlace(new ContainerName(name), PointChoice.byId(point)));
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> results.next().stream()
                            .anyMatch(r -> r instanceof RestoreProgress p
                                    && p.getRequest().equals(id.text())
                                    // It may be past that already.
                                    && (p.getState() == when || isEnd(p))));
            apart.service(kind).kill();
        }
        apart.start(kind);
        apart.endpoint(kind);

        Announced announced = new Announced(apart.session().cluster());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(announced.ends(id))
                        .as("the request has an end")
                        .isNotEmpty());
        assertThat(announced.ends(id)).hasSize(1);
        String end = announced.ends(id).getFirst().getMessage();
        assertThat(docker.inspect(name, "{{.State.Running}} {{.State.Paused}}"))
                .as(end)
                .isEqualTo("true false");
        assertThat(Docker.run("ps", "--all", "--filter", "name=" + name, "--format", "{{.Names}}"))
                .as(end)
                .isEqualTo(name);
        String before = docker.exec(name, "cat", "/n");
        await().atMost(LIMIT).until(() -> !docker.exec(name, "cat", "/n").equals(before));
        // Once a store has a point again it has the partition, which may have had to wait for the end of the dead one's
        // session.
        new Moves(apart.session()).capture(name);
        new Moves(apart.session()).back(name, point);
    }

    private static boolean isEnd(RestoreProgress progress) {
        return progress.getState() == RestoreState.RUNNING || progress.getState() == RestoreState.FAILED;
    }
}
