package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.broker.RecordingAuthorizer.Use;
import io.rewind.cli.broker.SecuredBroker;
import io.rewind.cli.client.Preflights;
import io.rewind.cli.client.Session;
import io.rewind.cli.service.ServiceKind;
import io.rewind.event.DeadLetter;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointSealed;
import io.rewind.event.Rebase;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.Right;
import io.rewind.runtime.kafka.Rights;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.topic.Access;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A secured cluster: each program works with exactly what security/acls.txt allows it, and names what it lacks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String COUNT = "n=0; while :; do n=$((n+1)); echo $n >/n; done";

    @SuppressWarnings("NullAway.Init") // made before the first test, for all of them
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Secured secured;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        secured = new Secured(folder);
    }

    @AfterAll
    void stop() {
        secured.close();
    }

    private Settings settings(Path config) {
        return Settings.read(Optional.of(config));
    }

    private Path service(Access program) throws Exception {
        return secured.config(program, """
                rewind.data = "%s"
                rewind.capture.freeze-limit = 20s
                rewind.logging { format = json, level = debug }
                rewind.service.metrics-port { agent = 0, encoder = 0, store = 0, restore = 0 }
                """.formatted(folder.resolve("data")));
    }

    @Test
    void theWholeWayEachProgramMakesUseOfAllItIsAllowedAndOfNothingElseAndSaysNoSecret() throws Exception {
        Path person = secured.config(Access.CLI, "");
        Map<ServiceKind, ServiceProcess> services = new EnumMap<>(ServiceKind.class);
        StringBuilder said = new StringBuilder();
        try (Docker docker = new Docker();
                Session session = new Session(settings(person))) {
            for (ServiceKind kind : ServiceKind.values()) {
                Path config = service(Access.valueOf(kind.name()));
                services.put(kind, new ServiceProcess(kind, config, folder.resolve(kind + ".out")));
            }
            services.values().forEach(ServiceProcess::endpoint);
            String name = docker.name("secured");
            docker.start(name, "rewind-test/perl", "/bin/sh", "-c", COUNT);

            Moves moves = new Moves(session);
            PointCommitted point = moves.capture(name);
            moves.back(name, Moves.id(point));
            assertThat(new Preflights(session).of(new ContainerName(name), "")).isPresent();
            said.append(Secured.command("points", name, "--config", person.toString()));
            assertThat(said).contains(Moves.id(point));
            strangeRecords(point);
            takenAwayForAWhile(moves, name);

            Set<Use> used = SecuredBroker.used();
            for (Access program : Access.values()) {
                Set<String> needed = listed(program);
                if (program == Access.RESTORE) {
                    // Passing a request on takes a second host.
                    assertThat(needed.remove(
                                    Right.write(Topics.RESTORE_REQUESTS).toString()))
                            .isTrue();
                }
                assertThat(of(program, used)).as("%s", program).isEqualTo(needed);
            }
        } finally {
            services.values().forEach(ServiceProcess::terminate);
        }
        for (ServiceKind kind : ServiceKind.values()) {
            said.append(Files.readString(folder.resolve(kind + ".out")))
                    .append(Files.readString(folder.resolve(kind + ".err")));
        }
        assertThat(said.toString()).contains(" ended").doesNotContain(secured.secrets());
    }

    /** What people send that fits nowhere, for every service to put aside, and the end of a point that never began. */
    private void strangeRecords(PointCommitted point) {
        String timeline = point.getHeader().getTimeline();
        for (String topic : List.of(Topics.CAPTURE, Topics.CHUNKS, Topics.CONTROL, Topics.RESTORE_REQUESTS)) {
            send(topic, timeline, "not ours".getBytes(StandardCharsets.UTF_8));
        }
        send(Topics.CAPTURE, timeline, Wire.encode(new PointSealed(timeline, "0199c2f4a1b37e05", 0, 0L, List.of())));
        Announced announced = new Announced(administrator());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(announced.all(Topics.DEADLETTER).stream()
                                .map(value ->
                                        Wire.decode(value, DeadLetter.class).getService())
                                .collect(Collectors.toSet()))
                        .hasSize(4));
        await().atMost(LIMIT)
                .until(() -> announced.all(Topics.CONTROL).stream().anyMatch(value -> isRebase(value, timeline)));
    }

    private void send(String topic, String key, byte[] value) {
        try (Producer<byte[], byte[]> producer = administrator().producer("it", 1 << 20)) {
            EventPublisher publisher = new EventPublisher(producer);
            publisher.sendEncoded(topic, key, value);
            publisher.flush();
        }
    }

    private Cluster administrator() {
        return Cluster.of(settings(folder.resolve("admin.conf")));
    }

    private static boolean isRebase(byte[] value, String timeline) {
        try {
            return Wire.decode(value) instanceof Rebase rebase
                    && rebase.getTimeline().equals(timeline);
        } catch (Fault notOurs) {
            return false;
        }
    }

    /** The store may not announce points: it says so, and makes up for it as soon as it may. */
    private void takenAwayForAWhile(Moves moves, String name) throws Exception {
        AclBinding announce = acls(Access.STORE).stream()
                .filter(acl -> Secured.right(acl).equals(Right.write(Topics.POINTS)))
                .findFirst()
                .orElseThrow();
        takeAway(announce, Cluster.of(settings(folder.resolve("rewind-store.conf"))), List.of(Secured.right(announce)));
        // Something new on the topic: the store looks whether it is the announcement that it does not know to have
        // failed.
        send(Topics.POINTS, name, "not ours".getBytes(StandardCharsets.UTF_8));
        CompletableFuture<PointCommitted> asked = CompletableFuture.supplyAsync(() -> moves.capture(name));
        await().atMost(LIMIT)
                .until(() -> Files.readString(folder.resolve("store.out"))
                        .contains("Not authorized to access topics: [" + Topics.POINTS + "]"));
        secured.admin().createAcls(List.of(announce)).all().get();
        assertThat(asked.join()).isNotNull();
    }

    /** Returns once exactly that is named as missing. */
    private void takeAway(AclBinding acl, Cluster cluster, List<Right> needed) throws Exception {
        secured.admin().deleteAcls(List.of(acl.toFilter())).all().get();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThatThrownBy(() -> Rights.require(cluster, needed, LIMIT))
                        .isInstanceOf(Fault.class)
                        .hasMessage("Kafka at " + cluster.bootstrap() + " does not let this program " + concrete(acl)
                                + "; security/acls.txt lists what each program needs"));
    }

    /** What of the list a user made use of. */
    private static Set<String> of(Access program, Set<Use> uses) {
        return uses.stream()
                .filter(use -> use.user().equals(Secured.user(program)))
                .map(Use::right)
                .filter(right -> right.operation() != AclOperation.DESCRIBE)
                .map(right -> right.toString().replace(host(), ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> listed(Access program) {
        return acls(program).stream()
                .map(acl -> Secured.right(acl).toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<AclBinding> acls(Access program) {
        return secured.allowed().getOrDefault(program, List.of());
    }

    private static String host() {
        return Settings.of(Map.of()).hostName();
    }

    @Test
    void withoutAnyOneOfItsRightsAProgramNamesExactlyThatOne() throws Exception {
        for (Access program : Access.values()) {
            Cluster cluster = Cluster.of(settings(secured.config(program, "")));
            List<Right> needed = acls(program).stream().map(SecuredIT::concrete).toList();
            for (AclBinding acl : acls(program)) {
                takeAway(acl, cluster, needed);
                secured.admin().createAcls(List.of(acl)).all().get();
            }
        }
    }

    @Test
    void aServiceThatMayNotDoItsWorkEndsWithOneSentence() throws Exception {
        Path config = secured.config("astray", Secured.user(Access.AGENT), """
                rewind.data = "%s"
                rewind.service.metrics-port.encoder = 0
                """.formatted(folder.resolve("astray")));
        ServiceProcess encoder = new ServiceProcess(ServiceKind.ENCODER, config, folder.resolve("astray.out"));
        assertThat(encoder.ended()).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("encoder.err")))
                .filteredOn(line -> line.startsWith("rewind: "))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("does not let this program read topic rewind.capture, write topic rewind.chunks,"
                        + " read group rewind-encoder; ");
    }

    @Test
    void aPersonWhoIsTurnedAwayIsToldWhyAndNoSecret() throws Exception {
        String wrong = secured.config("wrong", Secured.user(Access.CLI), "notthepassword", "")
                .toString();
        assertThat(Secured.command("watch", "web", "--config", wrong))
                .contains(" do not accept each other: ", "SCRAM-SHA-512")
                .doesNotContain("notthepassword");
        String agent = secured.config("other", Secured.user(Access.AGENT), "").toString();
        assertThat(Secured.command("restore", "web", "--at", "latest", "--config", agent))
                .contains(" does not allow this: ", Topics.RESTORE_RESULTS);
        assertThat(Secured.command("topics", "--config", agent)).contains(" does not let this program create topic ");
    }

    /** One of those that the pattern stands for. */
    private static Right concrete(AclBinding acl) {
        Right right = Secured.right(acl);
        return acl.pattern().patternType() == PatternType.PREFIXED ? Right.group(right.name() + host()) : right;
    }
}
