package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.Session;
import io.rewind.cli.monitoring.PrometheusApi;
import io.rewind.cli.stand.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stack of docker-compose.yml. Not of the suite: {@code ./rewind test composed} starts both. */
class ComposedStack {
    private static final String BOOTSTRAP = "127.0.0.1:9092";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** Six programs start at once; on a busy machine services give up asking for Kafka and are started again. */
    private static final Duration UP = Duration.ofMinutes(10);

    private final Docker docker = new Docker();
    private final Session session = new Session(BOOTSTRAP);
    private final Announced announced = new Announced(session.cluster());

    @BeforeEach
    void theStackIsUp() {
        // Of the four services the last one to be ready has made all topics.
        await().atMost(UP)
                .untilAsserted(() -> assertThat(prometheus().query("sum(rewind_service_running)"))
                        .containsExactly(4.0));
    }

    @AfterEach
    void remove() {
        session.close();
        docker.close();
    }

    private static PrometheusApi prometheus() {
        return new PrometheusApi("127.0.0.1:9090");
    }

    private static String rewind(String... words) {
        List<String> command = new ArrayList<>(List.of("../rewind"));
        command.addAll(List.of(words));
        command.addAll(List.of("--bootstrap", BOOTSTRAP));
        return Program.run(command.toArray(String[]::new));
    }

    private String watched(String what) throws IOException {
        String name = docker.name(what);
        docker.startCounting(name, "/count");
        rewind("watch", name, "--interval", "1s");
        awaitPoints(name, 2);
        return name;
    }

    private void awaitPoints(String name, int more) {
        int before = answered(() -> announced.committed(name).size());
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> announced.committed(name).size() >= before + more);
    }

    private String captured(String name) {
        return answered(() -> Moves.id(new Moves(session).capture(name)));
    }

    /** Asks until there is an answer: what is asked may just be coming back. */
    private static <T> T answered(Callable<T> question) {
        return await().atMost(LIMIT).ignoreExceptions().until(question, _ -> true);
    }

    @Test
    void I4_brokerAndStoreAreKilledAndComeBackAndNothingIsLost() throws IOException {
        String name = watched("composed");
        String early = captured(name);
        for (String service : List.of("kafka", "store")) {
            String container = Compose.container(service);
            Docker.run("kill", container);
            docker.awaitMore(name, "/count");
            Docker.run("start", container);
            awaitPoints(name, 2);
        }
        rewind("unwatch", name);
        String late = captured(name);

        assertThat(announced.committed(name))
                .doesNotHaveDuplicates()
                .contains(early, late)
                .hasSameElementsAs(announced.sealed(name));
        assertThat(rewind("points", name, "--json")).contains(early, late);
        assertThat(rewind("verify")).contains("points");

        long newest = docker.awaitMore(name, "/count");
        rewind("restore", name, "--point", early);
        assertThat(docker.last(name, "/count")).isLessThan(newest);
        assertCountsOn(name);
        String then = docker.name("composed-then");
        rewind("restore", name, "--point", late, "--as", then);
        assertCountsOn(then);
        assertThat(docker.last(then, "/count")).isGreaterThan(docker.last(name, "/count"));
    }

    /** Memory and files are of one instant: the program itself compares them, all the time. */
    private void assertCountsOn(String name) {
        docker.awaitMore(name, "/count");
        assertThat(docker.exec(name, "sh", "-c", "cat /broken 2>/dev/null || true"))
                .isEmpty();
    }

    @Test
    void everyQueryOfEveryDashboardHasData() throws IOException {
        String name = watched("composed-seen");
        new Happenings(session).all(name);
        prometheus().answersEverythingAbout(name);
    }

    /** What Kafka still has comes back by itself, and captures go on. */
    @Test
    void aStoreThatLostItsDiskTakesItsPointsFromKafkaAgain() throws IOException {
        String name = watched("composed-lost");
        String early = captured(name);
        String store = Compose.container("store");
        Docker.run("exec", store, "rm", "-rf", "/var/lib/rewind/store");
        Docker.run("kill", store);
        Docker.run("start", store);
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> rewind("points", name, "--json").contains(early));
        awaitPoints(name, 2);
        long newest = docker.awaitMore(name, "/count");
        rewind("restore", name, "--point", early);
        assertThat(docker.last(name, "/count")).isLessThan(newest);
        assertCountsOn(name);
    }
}
