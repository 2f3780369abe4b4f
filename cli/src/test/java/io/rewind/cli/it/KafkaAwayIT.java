package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.dynatrace.hash4j.hashing.Hashing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.capture.CaptureAgent;
import io.rewind.cli.broker.BrokerProcess;
import io.rewind.cli.client.Session;
import io.rewind.cli.client.Watches;
import io.rewind.event.CaptureGap;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicSetup;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent, a container that writes faster than the buffers hold, and a broker that stops answering for a while. */
class KafkaAwayIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final long STAGING = 64L << 20;
    /** 6 MiB, every page of it written again and again, and a count that tells that the container runs. */
    private static final String WRITER =
            "my @m = map { 'x' x 4096 } 1 .. 1500; for (my $n = 0; ; $n++) { substr($m[$_], 8, 8, sprintf('%08d', $n)) for 0 .. $#m;"
                    + " open(F, '>', '/n'); print F $n; close F; select(undef, undef, undef, 0.05) }";

    @TempDir
    private Path folder;

    @Test
    void I10_whileKafkaIsAwayTheAgentIsBoundedGapsAreSaidAndTheNextPointIsComplete() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"));
                Docker docker = new Docker()) {
            Cluster cluster = Cluster.at(broker.bootstrap());
            TopicSetup.ensure(cluster, Topics.all(1), (short) 1, LIMIT);
            String name = docker.name("away");
            docker.start(name, "rewind-test/perl", "perl", "-e", WRITER);
            Announced topic = new Announced(cluster);
            try (CaptureAgent agent = new CaptureAgent(settings(), cluster, registry);
                    Session session = new Session(broker.bootstrap())) {
                agent.start();
                new Watches(session).watch(new ContainerName(name), "", EVERY);
                await().atMost(LIMIT).until(() -> sealed(topic).size() >= 2);

                broker.stop();
                AtomicLong most = new AtomicLong();
                try {
                    await().atMost(LIMIT).until(() -> {
                        most.accumulateAndGet(waiting(registry), Math::max);
                        return counted(registry, "KAFKA_AWAY") >= 2;
                    });
                    String count = docker.exec(name, "cat", "/n");
                    await().atMost(LIMIT)
                            .until(() -> !docker.exec(name, "cat", "/n").equals(count));
                    assertThat(most.get()).as("bytes that waited").isPositive().isLessThanOrEqualTo(STAGING);
                    assertThat(waiting(registry))
                            .as("bytes that wait, once it is known")
                            .isZero();
                } finally {
                    broker.goOn();
                }
                Instant back = Instant.now();
                await().atMost(LIMIT)
                        .until(() -> sealed(topic).stream()
                                .anyMatch(header -> header.getCaptured().isAfter(back)));

                PointHeader next = sealed(topic).stream()
                        .filter(header -> header.getCaptured().isAfter(back))
                        .findFirst()
                        .orElseThrow();
                assertThat(next.getKind()).isEqualTo(PointKind.FULL);
                // The one that could not be published may have been due before the broker stopped.
                assertThat(gaps(topic))
                        .filteredOn(gap -> gap.getDue().isBefore(next.getCaptured()))
                        .extracting(CaptureGap::getCode)
                        .contains("PUBLISH_FAILED", "KAFKA_AWAY");
            }
        }
    }

    private Settings settings() {
        return Settings.of(Map.of(
                "rewind.data", folder.resolve("agent").toString(),
                "rewind.capture.publish-limit", "3s",
                "rewind.capture.freeze-limit", "10s",
                "rewind.capture.producer-buffer", "4M",
                "rewind.capture.staging.memory", "16M",
                "rewind.capture.staging.file", (STAGING - (16 << 20)) + "B"));
    }

    private static long waiting(SimpleMeterRegistry registry) {
        return (long) registry.get("rewind_capture_waiting_bytes").gauge().value();
    }

    private static double counted(SimpleMeterRegistry registry, String code) {
        return registry.find("rewind_capture_gaps_total").tag("code", code).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static List<CaptureGap> gaps(Announced topic) {
        return topic.all(Topics.CAPTURE).stream()
                .map(Wire::decode)
                .filter(CaptureGap.class::isInstance)
                .map(CaptureGap.class::cast)
                .toList();
    }

    /** The points whose records are all there, with the checksum that the seal names. */
    private static List<PointHeader> sealed(Announced topic) {
        List<PointHeader> sealed = new ArrayList<>();
        Optional<PointHeader> open = Optional.empty();
        int records = 0;
        long checksum = 0;
        for (byte[] value : topic.all(Topics.CAPTURE)) {
            switch (Wire.decode(value)) {
                case PointOpened opened -> {
                    open = Optional.of(opened.getHeader());
                    records = 0;
                    checksum = 0;
                }
                case CaptureGap gap -> assertThat(gap.getMessage()).isNotEmpty();
                case PointSealed seal -> {
                    PointHeader header = open.orElseThrow();
                    assertThat(seal.getPoint()).isEqualTo(header.getPoint());
                    assertThat(seal.getRecords()).isEqualTo(records);
                    assertThat(seal.getChecksum()).isEqualTo(checksum);
                    sealed.add(header);
                }
                default -> {
                    records++;
                    checksum += Hashing.xxh3_64().hashBytesToLong(value);
                }
            }
        }
        return sealed;
    }
}
