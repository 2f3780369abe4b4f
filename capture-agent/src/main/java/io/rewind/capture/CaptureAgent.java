package io.rewind.capture;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.capture.docker.DockerEngine;
import io.rewind.capture.docker.Engine;
import io.rewind.capture.freeze.CopyingGzip;
import io.rewind.capture.freeze.Criu;
import io.rewind.capture.freeze.CriuFreezer;
import io.rewind.capture.freeze.Freezer;
import io.rewind.capture.freeze.SparedPages;
import io.rewind.capture.hook.HookedWork;
import io.rewind.capture.pace.CpuClock;
import io.rewind.capture.point.Capture;
import io.rewind.capture.preflight.HostFacts;
import io.rewind.capture.preflight.Preflight;
import io.rewind.capture.publish.Outage;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.TrackerKind;
import io.rewind.capture.tracker.TrackerProbe;
import io.rewind.capture.watch.Incarnations;
import io.rewind.capture.watch.WatchPolicy;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.metrics.StageMeters;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.service.Service;
import io.rewind.schemas.host.HostFingerprint;
import io.rewind.schemas.topic.DeadLetters;
import io.rewind.schemas.topic.EventPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent of one host. */
public final class CaptureAgent implements Service {
    private static final String NAME = "capture-agent";
    private static final long ENGINE_RETRY_NANOS = 1_000_000_000L;
    private static final Logger log = LoggerFactory.getLogger(CaptureAgent.class);

    private final CaptureSettings settings;
    private final Cluster cluster;
    private final CaptureMetrics metrics;
    private final StageMeters stage;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile State state = State.STARTING;
    private volatile @Nullable Watcher watcher;

    /** @throws Fault FATAL CONFIG_INVALID */
    public CaptureAgent(Settings settings, Cluster cluster, MeterRegistry registry) {
        this.settings = CaptureSettings.of(settings);
        this.cluster = cluster;
        this.metrics = new CaptureMetrics(registry, this.settings.host());
        this.stage = new StageMeters(registry, NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** A container being captured, as {@code status} shows it; {@code gap} empty while all is well. */
    public record Watched(
            String container, String name, String timeline, long intervalMillis, String lastPoint, String gap) {}

    public List<Watched> watched() {
        return Optional.ofNullable(watcher).stream()
                .flatMap(w -> w.status().stream())
                .map(s -> new Watched(s.container(), s.name(), s.timeline(), s.intervalMillis(), s.point(), s.gap()))
                .toList();
    }

    @Override
    public synchronized void start() {
        try {
            connect();
            state = State.RUNNING;
        } catch (IOException e) {
            close();
            state = State.FAILED;
            throw new Fault(CaptureFault.INTERNAL, Severity.FATAL, "the agent's folders cannot be used: " + e, e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            close();
            state = State.FAILED;
            throw e;
        }
    }

    private void connect() throws IOException, InterruptedException {
        Files.createDirectories(settings.data());
        TrackerKind kind = TrackerProbe.choose(settings.tracker());
        metrics.tracker(kind.text());
        Path tools = CopyingGzip.in(settings.data().resolve("tools"));
        Criu criu = opened(new Criu(settings.criu(), List.of(tools)));
        Engine engine = opened(new DockerEngine());
        Producer<byte[], byte[]> producer = opened(
                cluster.givingUpAfter(settings.publishLimit()).producer("rewind-capture", settings.producerBuffer()));
        Optional<SparedPages> spared = kind == TrackerKind.WRITE_PROTECT
                ? SparedPages.of(criu, settings.data().resolve("criu"))
                : Optional.empty();
        Freezer freezer = new CriuFreezer(criu, spared, settings.images());
        HostFacts host = HostFacts.of(criu.version(), kind != TrackerKind.FULL_SCAN);
        CaptureLoop.Shared shared = new CaptureLoop.Shared(
                engine,
                new Capture.Means(
                        freezer,
                        settings.freezeLimit(),
                        HostFingerprint.of(criu.version().toString()),
                        settings.host()),
                () -> kind.tracker(this::untracked),
                () -> new Staging(settings.data(), settings.stagingMemory(), settings.stagingFile()),
                new Incarnations(settings.data().resolve("incarnations")),
                new Semaphore(settings.concurrent(), true),
                settings.policy(),
                container -> CpuClock.of(container.pid()),
                new Preflight(host, freezer)::of,
                new HookedWork(engine, settings.policy().hookLimit(), metrics::hookFailed),
                new Outage(),
                new ConcurrentHashMap<>(),
                metrics);
        Watcher found = opened(new Watcher(
                shared,
                new WatchPolicy(settings.interval()),
                new Answers(new EventPublisher(producer)),
                container -> new CaptureLoop(shared, container, new EventPublisher(producer))));
        watcher = found;
        DeadLetters deadLetters = new DeadLetters(NAME, new EventPublisher(producer));
        ControlReader control = opened(new ControlReader(cluster, stage.deadLetters(deadLetters), found));
        follow(engine, found);
        control.start();
    }

    private void untracked(ProcessKey process, String why) {
        metrics.untracked();
        log.warn(
                "all memory of process {} is read at each point, for its writes cannot be tracked: {}",
                process.pid(),
                why);
    }

    /** Hears of engine events, from the next engine too when this one goes away. */
    private void follow(Engine engine, Watcher found) {
        open.push(engine.events(
                found::look,
                () -> Thread.ofVirtual().name("capture-engine").start(() -> {
                    log.warn("the connection to the Docker engine is lost");
                    while (state == State.RUNNING) {
                        try {
                            follow(engine, found);
                            found.lookAround();
                            return;
                        } catch (Fault e) {
                            LockSupport.parkNanos(ENGINE_RETRY_NANOS);
                        }
                    }
                })));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public synchronized void close() {
        if (state == State.RUNNING) {
            state = State.STOPPED;
        }
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                log.warn("closing the agent", e);
            }
        }
    }
}
