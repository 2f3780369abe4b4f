package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.broker.EmbeddedBroker;
import io.rewind.cli.client.Feed;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.client.Session;
import io.rewind.cli.service.ServiceKind;
import io.rewind.event.LazySource;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two hosts, and a broker and a store that both reach, run by {@code ./rewind test hosts}. The first captures; the second
 * has a restore service only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = "rewind.test.hosts", matches = "true")
class HostsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String IMAGE = "rewind-test/perl";
    private static final String NAME = "travelled";
    private static final String COUNT = "n=0; while :; do n=$((n+1)); echo $n >/n.new; mv /n.new /n; sleep 0.05; done";

    private final Path folder;
    private final OwnHost first;
    private final OwnHost second;
    private final EmbeddedBroker broker;
    private final Session session;
    private final Path policy;
    private final List<ServiceProcess> between;

    HostsIT() throws IOException {
        folder = Files.createTempDirectory("rwh-");
        first = new OwnHost("rewind-one", 1, folder);
        second = new OwnHost("rewind-two", 2, folder);
        broker = new EmbeddedBroker(folder.resolve("broker"), first.gateway(), 0, 256 << 20);
        broker.start();
        session = new Session(broker.bootstrap());
        policy = Files.writeString(second.folder().resolve("policy"), "nobody@nowhere *\n");
        Path config = Files.writeString(folder.resolve("between.conf"), """
                rewind.kafka.bootstrap = "%s"
                rewind.data = "%s"
                rewind.store.listen = "%s:0"
                rewind.logging { format = json, level = info }
                rewind.service.metrics-port { agent = 0, encoder = 0, store = 0, restore = 0 }
                """.formatted(
                        broker.bootstrap(), folder.resolve("data"), first.gateway()));
        between = List.of(ServiceKind.STORE, ServiceKind.ENCODER).stream()
                .map(kind -> new ServiceProcess(kind, config, folder.resolve(kind + ".out")))
                .toList();
        first.start(broker.bootstrap(), "", ServiceKind.AGENT, ServiceKind.RESTORE);
        second.start(
                broker.bootstrap(),
                "rewind.restore { pull = false, policy = \"" + policy + "\" }",
                ServiceKind.RESTORE);
    }

    @BeforeAll
    void ready() {
        first.load(IMAGE);
        first.docker("run", "--detach", "--name", NAME, "--runtime", "rewind", IMAGE, "/bin/sh", "-c", COUNT);
        between.forEach(ServiceProcess::endpoint);
        first.awaitReady();
        second.awaitReady();
    }

    @AfterAll
    void end() {
        session.close();
        between.forEach(ServiceProcess::kill);
        // While its address is still there: the broker talks to itself over it.
        broker.close();
        first.close();
        second.close();
        OwnHost.run("rm", "-rf", folder.toString());
    }

    private static long count(OwnHost host) {
        return Long.parseLong(host.docker("exec", NAME, "cat", "/n"));
    }

    private static void goesOn(OwnHost host) {
        long now = count(host);
        await().atMost(LIMIT).until(() -> count(host) > now + 3);
    }

    private String capture() {
        return Moves.id(new Moves(session).capture(NAME));
    }

    private RestoreOrder onSecond(String point) {
        ContainerName name = new ContainerName(NAME);
        return new RestoreOrder(
                name,
                PointChoice.byId(point),
                Optional.of(name),
                List.of(),
                false,
                second.name(),
                false,
                LazySource.LOCAL);
    }

    private RestoreProgress ask(RestoreOrder order) {
        return new Restores(session).run(order, each -> {});
    }

    @Test
    @Order(1)
    void aRequestWithoutAHostIsDoneWhereTheContainerIsAndOneForNobodyIsAnsweredOnce() {
        String point = capture();
        RestoreProgress back = new Moves(session).back(NAME, point);
        assertThat(back.getHost()).isEqualTo(first.name());
        goesOn(first);

        RequestId id = RequestId.random();
        send(id, "no-such-container", point, "");
        send(id, "no-such-container", point, "");
        // What comes after it has been seen by every host.
        new Moves(session).back(NAME, point);
        assertThat(finals(id)).extracting(RestoreProgress::getCode).containsExactly("CONTAINER_UNKNOWN");
    }

    @Test
    @Order(2)
    void aPointOfOneHostRunsOnAnotherThatNeverRanItWhenThatLetsIt() throws IOException {
        String point = capture();
        long captured = count(first);
        assertThat(ask(onSecond(point)).getCode()).isEqualTo("NOT_ALLOWED");
        Files.writeString(policy, Session.requester() + " " + NAME + "\n");
        assertThat(ask(onSecond(point)).getCode()).isEqualTo("IMAGE_MISSING");
        second.load(IMAGE);

        RestoreProgress there = ask(onSecond(point));

        assertThat(there.getState()).as(there.getMessage()).isEqualTo(RestoreState.RUNNING);
        assertThat(there.getHost()).isEqualTo(second.name());
        assertThat(count(second)).isGreaterThanOrEqualTo(captured - 20);
        goesOn(second);
        goesOn(first);
        second.docker("rm", "--force", NAME);
    }

    @ParameterizedTest
    @Order(3)
    @EnumSource(
            value = RestoreState.class,
            names = {"FETCHING", "CAPTURING_PRESENT", "RESTORING"})
    void I8_theEngineKilledInTheMiddleOfARestoreTheOldOrTheNewContainerRuns(RestoreState when) throws IOException {
        String point = capture();
        RequestId id = RequestId.random();
        try (Feed results = session.follow(Topics.RESTORE_RESULTS)) {
            send(id, NAME, point, first.name());
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> results.next().stream()
                            .anyMatch(r -> r instanceof RestoreProgress p
                                    && p.getRequest().equals(id.text())
                                    && p.getState() == when));
        }
        first.killEngine();
        first.startEngineAgain();

        await().atMost(LIMIT).until(() -> !finals(id).isEmpty());
        assertThat(finals(id)).hasSize(1);
        assertThat(first.docker("ps", "--all", "--format", "{{.Names}} {{.State}}"))
                .as(finals(id).getFirst().getMessage())
                .isEqualTo(NAME + " running");
        goesOn(first);
    }

    private List<RestoreProgress> finals(RequestId id) {
        return new Announced(session.cluster()).ends(id);
    }

    private void send(RequestId id, String container, String point, String host) {
        new Restores(session)
                .send(
                        id,
                        new RestoreOrder(
                                new ContainerName(container),
                                PointChoice.byId(point),
                                Optional.empty(),
                                List.of(),
                                false,
                                host,
                                false,
                                LazySource.LOCAL));
    }
}
