package io.rewind.capture;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.capture.docker.Container;
import io.rewind.capture.docker.Engine;
import io.rewind.capture.docker.Execution;
import io.rewind.capture.freeze.Freezer;
import io.rewind.capture.freeze.Window;
import io.rewind.capture.hook.HookedWork;
import io.rewind.capture.point.Capture;
import io.rewind.capture.preflight.Finding;
import io.rewind.capture.publish.Outage;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.FrozenSpace;
import io.rewind.capture.tracker.FullScanTracker;
import io.rewind.capture.watch.Incarnations;
import io.rewind.capture.watch.WatchPolicy;
import io.rewind.event.CaptureGap;
import io.rewind.event.CaptureNow;
import io.rewind.event.Fingerprint;
import io.rewind.event.PointHeader;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.process.ProcessKey;
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
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A watcher and its loops over fakes; containers have files and images, no memory. */
final class LoopStand implements AutoCloseable {
    static final String ID = "0123456789abcdef".repeat(4);
    static final String START = "2026-01-01T00:00:00Z";
    static final String LATER = "2026-01-01T00:20:00Z";
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration USUAL = Duration.ofMillis(100);
    static final int AT_ONCE = 2;

    final FakeEngine engine = new FakeEngine();
    final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    final FakeFreezer freezer;
    final Watcher watcher;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    /** Whether the container's clock moves. */
    volatile boolean busy = true;

    volatile List<Finding> findings = List.of();
    private final AtomicLong ran = new AtomicLong();
    private final Path upper;

    /** Containers by id; commands run inside them end as they are told to. */
    static final class FakeEngine implements Engine {
        final Map<String, Container> containers = new ConcurrentHashMap<>();
        final List<String> executed = new CopyOnWriteArrayList<>();
        volatile long exit;

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
        public Execution exec(String container, String command, Duration limit) {
            executed.add(command);
            return new Execution(true, exit, "said");
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
    static final class FakeFreezer implements Freezer {
        final AtomicInteger freezes = new AtomicInteger();
        /** Most windows that were open at once. */
        final AtomicInteger most = new AtomicInteger();
        /** A window stays open until so many are. */
        volatile int together = 1;

        private final AtomicInteger open = new AtomicInteger();
        volatile boolean failing;
        volatile Duration frozen = Duration.ofNanos(1);
        private final Path folder;

        FakeFreezer(Path folder) {
            this.folder = folder;
        }

        @Override
        public Map<String, Path> trees(Container container) {
            return Map.of("", folder);
        }

        @Override
        public List<ProcessKey> processes(Container container) {
            return List.of();
        }

        @Override
        public Window freeze(Container container, Duration limit) {
            freezes.incrementAndGet();
            if (failing) {
                throw new Fault(CaptureFault.DUMP_FAILED, Severity.RETRYABLE, "CRIU cannot dump it: io_uring");
            }
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            while (open.get() < together) {
                Thread.onSpinWait();
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
                    return frozen.toNanos();
                }

                @Override
                public Path images() {
                    return folder;
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }
    }

    /**
     * @param upper the container's files, and its images
     * @param data the agent's
     * @param idleLimit after which a container at rest is captured all the same
     */
    LoopStand(Path upper, Path data, Duration idleLimit) {
        this.upper = upper;
        this.freezer = new FakeFreezer(upper);
        CaptureMetrics metrics = new CaptureMetrics(registry, "here");
        CaptureLoop.Shared shared = new CaptureLoop.Shared(
                engine,
                new Capture.Means(freezer, Duration.ofSeconds(2), new Fingerprint("k", "a", "c", "v", ""), "here"),
                FullScanTracker::new,
                () -> new Staging(data, 4 << 20, 4 << 20),
                new Incarnations(data.resolve("incarnations")),
                new Semaphore(AT_ONCE, true),
                new CaptureSettings.Policy(20, idleLimit, Duration.ofSeconds(1)),
                container -> OptionalLong.of(busy ? ran.incrementAndGet() : ran.get()),
                container -> findings,
                new HookedWork(engine, Duration.ofSeconds(1), metrics::hookFailed),
                new Outage(),
                new ConcurrentHashMap<>(),
                metrics);
        this.watcher = new Watcher(
                shared,
                new WatchPolicy(USUAL),
                new Answers(new EventPublisher(kafka)),
                container -> new CaptureLoop(shared, container, new EventPublisher(kafka)));
    }

    /** Asks for a point that differs from the last one. */
    PointHeader captured(String trigger) {
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

    void ask(String trigger) {
        tell(new CaptureNow("", "web", trigger, "me", now(), 0L));
    }

    void tell(SpecificRecord message) {
        watcher.message(message, false);
    }

    List<SpecificRecord> records() {
        return kafka.history().stream().map(r -> Wire.decode(r.value())).toList();
    }

    List<PointHeader> points() {
        return records().stream()
                .filter(PointOpened.class::isInstance)
                .map(r -> ((PointOpened) r).getHeader())
                .toList();
    }

    List<CaptureGap> gaps() {
        return records().stream()
                .filter(CaptureGap.class::isInstance)
                .map(CaptureGap.class::cast)
                .toList();
    }

    List<CaptureGap> gaps(CaptureFault code) {
        return gaps().stream().filter(gap -> gap.getCode().equals(code.name())).toList();
    }

    /** Runs, watched by its label, from now on. */
    void watched(Map<String, String> labels) {
        Map<String, String> all = new ConcurrentHashMap<>(labels);
        all.put(WatchPolicy.CAPTURE, "true");
        engine.containers.put(ID, container(START, true, all));
        watcher.look(ID);
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    static Container container(String startedAt, boolean running, Map<String, String> labels) {
        return new Container(
                ID, "web", "sha256:1", running ? 1 : 0, running, false, false, startedAt, "default", labels, "{}");
    }

    @Override
    public void close() {
        watcher.close();
    }
}
