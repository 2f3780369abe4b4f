package io.rewind.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.capture.docker.Container;
import io.rewind.capture.docker.Engine;
import io.rewind.capture.freeze.Freezer;
import io.rewind.capture.freeze.Window;
import io.rewind.capture.point.Capture;
import io.rewind.capture.process.ProcessKey;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.FrozenSpace;
import io.rewind.capture.tracker.FullScanTracker;
import io.rewind.capture.watch.Incarnations;
import io.rewind.capture.watch.WatchPolicy;
import io.rewind.event.Branch;
import io.rewind.event.CaptureGap;
import io.rewind.event.CaptureNow;
import io.rewind.event.Fingerprint;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.event.Rebase;
import io.rewind.event.Unwatch;
import io.rewind.event.Watch;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watcher and loops together; containers have files and images, no memory. */
class WatcherTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String START = "2026-01-01T00:00:00Z";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Containers by id. */
    private static final class FakeEngine implements Engine {
        final Map<String, Container> containers = new ConcurrentHashMap<>();

        @Override
        public List<String> running() {
            return containers.values().stream()
                    .filter(Container::running)
                    .map(Container::id)
                    .toList();
        }

        @Override
        public Optional<Container> inspect(String nameOrId) {
            return containers.values().stream()
                    .filter(c -> c.name().equals(nameOrId) || c.id().startsWith(nameOrId))
                    .findFirst();
        }

        @Override
        public AutoCloseable events(Consumer<String> changed, Runnable lost) {
            return () -> {};
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Opens windows without memory, or none. */
    private static final class FakeFreezer implements Freezer {
        final Path folder;
        volatile boolean failing;

        FakeFreezer(Path folder) {
            this.folder = folder;
        }

        @Override
        public Path upperDirectory(Container container) {
            return folder;
        }

        @Override
        public List<ProcessKey> processes(Container container) {
            return List.of();
        }

        @Override
        public Window freeze(Container container, Duration limit) {
            if (failing) {
                throw new Fault(CaptureFault.DUMP_FAILED, Severity.RETRYABLE, "CRIU cannot dump it: io_uring");
            }
            Instant at = Instant.now();
            return new Window() {
                @Override
                public Instant frozenAt() {
                    return at;
                }

                @Override
                public List<FrozenSpace> spaces() {
                    return List.of();
                }

                @Override
                public long release() {
                    return 1;
                }

                @Override
                public Path images() {
                    return folder;
                }

                @Override
                public void close() {
                    // Nothing stands still.
                }
            };
        }
    }

    @TempDir
    private Path upper = Path.of("");

    @TempDir
    private Path data = Path.of("");

    private final FakeEngine engine = new FakeEngine();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private Optional<Watcher> watcher = Optional.empty();
    private Optional<FakeFreezer> freezer = Optional.empty();

    @BeforeEach
    void start() {
        FakeFreezer freezes = new FakeFreezer(upper);
        freezer = Optional.of(freezes);
        CaptureLoop.Shared shared = new CaptureLoop.Shared(
                engine,
                new Capture.Means(freezes, Duration.ofSeconds(2), new Fingerprint("k", "a", "c", "v"), "here"),
                FullScanTracker::new,
                () -> new Staging(data, 4 << 20, 4 << 20),
                new Incarnations(data.resolve("incarnations")),
                new Semaphore(2, true),
                new CaptureMetrics(registry, "here"));
        watcher = Optional.of(new Watcher(
                shared,
                new WatchPolicy(Duration.ofMillis(100)),
                new EventPublisher(kafka),
                container -> new CaptureLoop(shared, container, new EventPublisher(kafka))));
    }

    @AfterEach
    void stop() {
        watcher().close();
    }

    @Test
    void aLabelOrAMessageStartsCapturesAndTheLastWordCounts() {
        engine.containers.put(ID, container(START, true, Map.of("rewind.capture", "true")));
        watcher().look(ID);
        assertThat(watcher().status()).as("not before all messages are known").isEmpty();
        watcher().caughtUp();
        await().atMost(PATIENCE).until(() -> points().size() > 1);
        tell(new Unwatch("", "web", "me", now()));
        assertThat(watcher().status()).isEmpty();
        tell(new Watch("elsewhere", "web", 100L, "me", now()));
        assertThat(watcher().status()).isEmpty();
        tell(new Watch("here", "web", 100L, "me", now()));
        assertThat(watcher().status()).hasSize(1);
        int before = points().size();
        await().atMost(PATIENCE).until(() -> points().size() > before);
        await().atMost(PATIENCE)
                .until(() -> !registry.find("rewind_capture_points_total")
                        .tag("container", "web")
                        .counters()
                        .isEmpty());
        engine.containers.clear();
        watcher().look(ID);
        assertThat(watcher().status()).isEmpty();
        assertThat(registry.getMeters())
                .as("a container that is gone loses its series")
                .noneMatch(meter -> "web".equals(meter.getId().getTag("container")));
    }

    @Test
    void I6_whoAsksForAnUnknownContainerIsTold() {
        watcher().caughtUp();
        tell(new CaptureNow("", "nobody", "t1", "me", now()));
        CaptureGap gap = gaps().getFirst();
        assertThat(gap.getCode()).isEqualTo("CONTAINER_UNKNOWN");
        assertThat(gap.getTimeline()).isEqualTo("000000000000");
        assertThat(gap.getTrigger()).isEqualTo("t1");
    }

    @Test
    void I6_whoAsksForAStoppedOrPausedContainerIsTold() {
        watcher().caughtUp();
        engine.containers.put(ID, container(START, false, Map.of()));
        ask("t1");
        await().atMost(PATIENCE).until(() -> gaps().size() == 1);
        assertThat(gaps().getLast().getCode()).isEqualTo("CONTAINER_NOT_RUNNING");
        Container c = container(START, true, Map.of());
        engine.containers.put(
                ID,
                new Container(c.id(), c.name(), c.image(), 1, true, true, false, START, "default", c.labels(), "{}"));
        ask("t2");
        await().atMost(PATIENCE).until(() -> gaps().size() == 2);
        assertThat(gaps().getLast().getCode()).isEqualTo("CONTAINER_PAUSED");
        assertThat(points()).isEmpty();
    }

    @Test
    void demandsOfThePastAreOver() {
        engine.containers.put(ID, container(START, true, Map.of()));
        watcher().message(new CaptureNow("", "web", "old", "me", now()), true);
        watcher().caughtUp();
        assertThat(watcher().status()).isEmpty();
    }

    @Test
    void I6_afterARebaseAFailureOrALostRecordThePointIsFull() {
        watcher().caughtUp();
        engine.containers.put(ID, container(START, true, Map.of()));
        PointHeader first = captured("t1");
        assertThat(first.getKind()).isEqualTo(PointKind.FULL);
        assertThat(first.getParent()).isEmpty();
        PointHeader second = captured("t2");
        assertThat(second.getKind()).isEqualTo(PointKind.DELTA);
        assertThat(second.getParent()).contains(first.getPoint());

        tell(new Rebase(ID, "store lost a chunk", now()));
        assertThat(captured("t3").getKind()).isEqualTo(PointKind.FULL);
        assertThat(captured("t4").getKind()).isEqualTo(PointKind.DELTA);

        freezer().failing = true;
        ask("t5");
        await().atMost(PATIENCE).until(() -> gaps().size() == 1);
        assertThat(gaps().getLast().getCode()).isEqualTo("DUMP_FAILED");
        assertThat(gaps().getLast().getTrigger()).isEqualTo("t5");
        freezer().failing = false;
        assertThat(captured("t6").getKind()).isEqualTo(PointKind.FULL);

        kafka.sendException = new TimeoutException("away");
        ask("t7");
        await().atMost(PATIENCE).until(() -> watcher().status().getFirst().gap().startsWith("PUBLISH_FAILED"));
        kafka.sendException = null;
        assertThat(captured("t8").getKind()).isEqualTo(PointKind.FULL);
        assertThat(gaps()).extracting(CaptureGap::getTrigger).containsExactly("t5", "t7");
    }

    @Test
    void whoAsksAgainPaysForWhatChangedUntilTheContainerStops() {
        watcher().caughtUp();
        engine.containers.put(ID, container(START, true, Map.of()));
        assertThat(captured("t1").getKind()).isEqualTo(PointKind.FULL);
        watcher().look(ID);
        assertThat(captured("t2").getKind()).isEqualTo(PointKind.DELTA);
        engine.containers.put(ID, container(START, false, Map.of()));
        watcher().look(ID);
        assertThat(watcher().status()).isEmpty();
    }

    @Test
    void aNewStartIsAFullPointThatGrowsFromTheRestoredOne() {
        watcher().caughtUp();
        engine.containers.put(ID, container(START, true, Map.of()));
        PointHeader first = captured("t1");
        assertThat(first.getIncarnation()).isEqualTo(1);
        tell(new Branch(ID, first.getPoint(), Instant.parse("2026-01-01T00:10:00Z")));
        assertThat(captured("t2").getKind()).isEqualTo(PointKind.DELTA);
        engine.containers.put(ID, container("2026-01-01T00:20:00Z", true, Map.of()));
        PointHeader restored = captured("t3");
        assertThat(restored.getKind()).isEqualTo(PointKind.FULL);
        assertThat(restored.getParent()).contains(first.getPoint());
        assertThat(restored.getIncarnation()).isEqualTo(2);
        assertThat(captured("t4").getParent()).contains(restored.getPoint());
    }

    @Test
    void aBranchAnnouncedAfterTheStartIsForTheNextOne() {
        watcher().message(new Branch(ID, "0199c2f4a1b37e05", Instant.parse("2026-01-02T00:00:00Z")), true);
        watcher().caughtUp();
        engine.containers.put(ID, container(START, true, Map.of()));
        assertThat(captured("t1").getParent()).isEmpty();
    }

    private PointHeader captured(String trigger) {
        try {
            Files.writeString(upper.resolve("core-1.img"), trigger);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ask(trigger);
        await().atMost(PATIENCE).until(() -> sealed(trigger));
        return points().stream()
                .filter(p -> p.getTrigger().equals(trigger))
                .findFirst()
                .orElseThrow();
    }

    private boolean sealed(String trigger) {
        List<String> ids = points().stream()
                .filter(p -> p.getTrigger().equals(trigger))
                .map(PointHeader::getPoint)
                .toList();
        return records().stream().anyMatch(r -> r instanceof PointSealed sealed && ids.contains(sealed.getPoint()));
    }

    private void ask(String trigger) {
        tell(new CaptureNow("", "web", trigger, "me", now()));
    }

    private void tell(SpecificRecord message) {
        watcher().message(message, false);
    }

    private List<SpecificRecord> records() {
        return kafka.history().stream().map(r -> Wire.decode(r.value())).toList();
    }

    private List<PointHeader> points() {
        return records().stream()
                .filter(PointOpened.class::isInstance)
                .map(r -> ((PointOpened) r).getHeader())
                .toList();
    }

    private List<CaptureGap> gaps() {
        return records().stream()
                .filter(CaptureGap.class::isInstance)
                .map(CaptureGap.class::cast)
                .toList();
    }

    private Watcher watcher() {
        return watcher.orElseThrow();
    }

    private FakeFreezer freezer() {
        return freezer.orElseThrow();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static Container container(String startedAt, boolean running, Map<String, String> labels) {
        return new Container(
                ID, "web", "sha256:1", running ? 1 : 0, running, false, false, startedAt, "default", labels, "{}");
    }
}
