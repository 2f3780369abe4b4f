package io.rewind.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.capture.docker.Container;
import io.rewind.capture.freeze.CriuFreezer;
import io.rewind.capture.hook.HookedWork;
import io.rewind.capture.hook.Hooks;
import io.rewind.capture.pace.CpuClock;
import io.rewind.capture.point.Capture;
import io.rewind.capture.preflight.HostFacts;
import io.rewind.capture.preflight.Preflight;
import io.rewind.capture.publish.Outage;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.stand.Stand;
import io.rewind.capture.tracker.TrackerProbe;
import io.rewind.capture.watch.Incarnations;
import io.rewind.event.CaptureGap;
import io.rewind.event.PointHeader;
import io.rewind.event.PointOpened;
import io.rewind.schemas.host.HostFingerprint;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops over real containers; only Kafka is not there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration HOOK_LIMIT = Duration.ofSeconds(3);

    @AutoClose
    private final Stand stand = new Stand();

    /** Both are woken by every freeze, and both sleep again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 1000 while 1",
                "my $e = syscall(291, 0); my $b = \"\\0\" x 12; for (;;) { syscall(232, $e, $b, 1, -1); $n++ }"
            })
    void whatSleepsComesToRestUntilSomethingRunsInIt(String program) throws Exception {
        Container container = stand.start("rest" + program.length(), List.of(), Stand.PERL, "perl", "-e", program);
        try (Running running = new Running(container)) {
            running.loop.tell(new CaptureLoop.Message.Interval(Optional.of(EVERY)));
            await().atMost(PATIENCE).until(() -> running.gaps("UNCHANGED").size() >= 3);
            int points = running.points().size();
            assertThat(running.gaps("UNCHANGED").getLast().getPoint())
                    .isEqualTo(running.points().getLast().getPoint());
            stand.docker("exec", container.name(), "sh", "-c", "echo new > /new");
            await().atMost(PATIENCE).until(() -> running.points().size() > points);
            assertThat(running.points().get(points).getChangedFiles()).isEqualTo(1);
        }
    }

    @Test
    void hooksRunInsideTheContainer() throws Exception {
        Container container = start(
                "hooks",
                List.of(
                        "--label",
                        Hooks.BEFORE + "=echo before >> /order",
                        "--label",
                        Hooks.AFTER + "=echo after >> /order"));
        try (Running running = new Running(container)) {
            running.loop.tell(new CaptureLoop.Message.Now("t1", Duration.ZERO));
            await().atMost(PATIENCE).until(() -> running.points().size() == 1);
        }
        assertThat(stand.docker("exec", container.name(), "cat", "/order")).isEqualTo("before\nafter");
    }

    @Test
    void I6_aHookPastItsLimitIsKilledAndTheGapSaysSo() throws Exception {
        Container container = start(
                "slow",
                List.of("--label", Hooks.BEFORE + "=sleep 4711", "--label", Hooks.AFTER + "=: > /undone; exit 7"));
        try (Running running = new Running(container)) {
            running.loop.tell(new CaptureLoop.Message.Now("t1", Duration.ZERO));
            await().atMost(PATIENCE).until(() -> running.gaps("HOOK_FAILED").size() == 1);
            assertThat(running.gaps("HOOK_FAILED").getFirst().getMessage()).contains("killed after 3000 ms");
        }
        await().atMost(PATIENCE)
                .until(() -> !stand.docker("top", container.name()).contains("4711"));
        stand.docker("exec", container.name(), "cat", "/undone");
    }

    private Container start(String name, List<String> options) {
        return stand.start(name, options, "while :; do sleep 1000; done");
    }

    /** A loop, and all it has said. */
    private final class Running implements AutoCloseable {
        private final MockProducer<byte[], byte[]> kafka =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        private final CaptureLoop loop;

        Running(Container container) {
            CaptureMetrics metrics = new CaptureMetrics(new SimpleMeterRegistry(), "here");
            CriuFreezer freezer = stand.freezer();
            CaptureLoop.Shared shared = new CaptureLoop.Shared(
                    stand.engine(),
                    new Capture.Means(freezer, Duration.ofSeconds(10), HostFingerprint.of("4.2"), "here"),
                    () -> TrackerProbe.choose(Optional.empty()).tracker((process, why) -> {}),
                    () -> new Staging(stand.scratch(), 8 << 20, 1L << 30),
                    new Incarnations(stand.scratch().resolve("incarnations")),
                    new Semaphore(1, true),
                    new CaptureSettings.Policy(50, Duration.ofMinutes(5), HOOK_LIMIT),
                    each -> CpuClock.of(each.pid()),
                    new Preflight(HostFacts.of(stand.criu().version(), true), freezer)::of,
                    new HookedWork(stand.engine(), HOOK_LIMIT, metrics::hookFailed),
                    new Outage(),
                    new ConcurrentHashMap<>(),
                    metrics);
            loop = new CaptureLoop(shared, container, new EventPublisher(kafka));
            loop.start();
        }

        List<PointHeader> points() {
            return kafka.history().stream()
                    .map(r -> Wire.decode(r.value()))
                    .filter(PointOpened.class::isInstance)
                    .map(r -> ((PointOpened) r).getHeader())
                    .toList();
        }

        List<CaptureGap> gaps(String code) {
            return kafka.history().stream()
                    .map(r -> Wire.decode(r.value()))
                    .filter(CaptureGap.class::isInstance)
                    .map(CaptureGap.class::cast)
                    .filter(gap -> gap.getCode().equals(code))
                    .toList();
        }

        @Override
        public void close() {
            loop.close();
        }
    }
}
