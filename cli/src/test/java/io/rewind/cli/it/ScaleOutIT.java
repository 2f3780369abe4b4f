package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.Session;
import io.rewind.cli.client.Watches;
import io.rewind.cli.service.ServiceKind;
import io.rewind.schemas.id.ContainerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, several encoders and stores: they come, end and are killed, so that partitions move, while captures go
 * on. Run by {@code ./rewind test scale-out}.
 */
@EnabledIfSystemProperty(named = "rewind.test.scale-out", matches = "true")
class ScaleOutIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String COUNT = "n=0; while :; do n=$((n+1)); echo $n >/n; sleep 0.01; done";
    private static final int CONTAINERS = 6;

    @TempDir
    Path folder = Path.of("");

    private final Docker docker = new Docker();
    private final List<String> containers = new ArrayList<>();
    private final Map<String, ServiceProcess> services = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // made before the test
    private Brokers brokers;

    @SuppressWarnings("NullAway.Init")
    private Session session;

    @BeforeEach
    void start() throws IOException {
        brokers = new Brokers(Files.createDirectory(folder.resolve("kafka")));
        session = new Session(brokers.bootstrap());
        for (int i = 0; i < CONTAINERS; i++) {
            String name = docker.name("scale-out");
            docker.start(name, "rewind-test/perl", "/bin/sh", "-c", COUNT);
            containers.add(name);
        }
    }

    @AfterEach
    void stop() {
        docker.close();
        session.close();
        services.values().forEach(ServiceProcess::kill);
        brokers.close();
    }

    /** Stores share a folder (ADR 039), all else is each one's own. */
    private void run(ServiceKind kind, String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Path data = kind == ServiceKind.STORE ? folder.resolve("stores") : own.resolve("data");
        Path config = Files.writeString(own.resolve("rewind.conf"), """
                rewind.kafka.bootstrap = "%s"
                rewind.kafka.topics { partitions = 4, replicas = 3 }
                rewind.data = "%s"
                # what is proved here is not how fast a busy machine captures
                rewind.capture.freeze-limit = 20s
                rewind.logging { format = json, level = info }
                rewind.service.metrics-port { agent = 0, encoder = 0, store = 0, restore = 0 }
                """.formatted(brokers.bootstrap(), data));
        services.put(name, new ServiceProcess(kind, config, own.resolve("out")));
        service(name).endpoint();
    }

    private ServiceProcess service(String name) {
        ServiceProcess process = services.get(name);
        if (process == null) {
            throw new IllegalArgumentException(name);
        }
        return process;
    }

    private Announced announced() {
        return new Announced(session.cluster());
    }

    /** However the partitions lie, each container's points come through. */
    private void goesOn(String after) {
        Map<String, Integer> before = new HashMap<>();
        containers.forEach(name -> before.put(name, announced().committed(name).size()));
        await(after)
                .atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> containers.stream()
                        .allMatch(name -> announced().committed(name).size() >= before.getOrDefault(name, 0) + 2));
    }

    @Test
    void I3_I4_I6_partitionsMoveWhileCapturesGoOnAndNothingIsLostOrTwice() throws IOException {
        run(ServiceKind.STORE, "store-1");
        run(ServiceKind.ENCODER, "encoder-1");
        run(ServiceKind.AGENT, "agent");
        run(ServiceKind.RESTORE, "restore");
        containers.forEach(name -> new Watches(session).watch(new ContainerName(name), "", Duration.ofSeconds(2)));
        goesOn("start");

        run(ServiceKind.STORE, "store-2");
        run(ServiceKind.ENCODER, "encoder-2");
        goesOn("a second store and a second encoder");
        brokers.kill(1);
        goesOn("a broker killed");
        brokers.start(1);
        brokers.awaitAll();
        service("encoder-1").kill();
        goesOn("an encoder killed");
        service("store-1").kill();
        goesOn("a store killed");
        run(ServiceKind.STORE, "store-3");
        run(ServiceKind.ENCODER, "encoder-3");
        goesOn("others in their place");
        brokers.awaitReplicas(session);
        brokers.kill(0);
        goesOn("the first broker killed");
        brokers.start(0);
        brokers.awaitAll();
        assertThat(service("store-2").terminate()).isEqualTo(128 + 15);
        assertThat(service("encoder-2").terminate()).isEqualTo(128 + 15);
        goesOn("a store and an encoder told to end");

        for (String name : containers) {
            new Watches(session).unwatch(new ContainerName(name), "");
            String last = Moves.id(new Moves(session).capture(name));
            assertThat(announced().committed(name))
                    .contains(last)
                    .containsAll(announced().sealed(name));
        }
        announced().holds();
        String name = containers.getFirst();
        new Moves(session).back(name, announced().committed(name).getFirst());
        String now = docker.exec(name, "cat", "/n");
        await().atMost(LIMIT).until(() -> !docker.exec(name, "cat", "/n").equals(now));
    }
}
