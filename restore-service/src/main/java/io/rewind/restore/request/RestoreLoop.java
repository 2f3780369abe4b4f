package io.rewind.restore.request;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.event.Branch;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreRequested;
import io.rewind.restore.engine.DockerEngine;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.host.ThisHost;
import io.rewind.restore.journal.JournalFolder;
import io.rewind.restore.late.LateMemory;
import io.rewind.restore.late.LateProbe;
import io.rewind.restore.late.LateStart;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.points.TimelinePoints;
import io.rewind.restore.present.PresentByMessage;
import io.rewind.restore.rebuild.PointRebuild;
import io.rewind.restore.switchover.Pending;
import io.rewind.restore.switchover.Starter;
import io.rewind.restore.switchover.Switchovers;
import io.rewind.restore.warm.WarmUp;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.PartitionLoop;
import io.rewind.runtime.metrics.StageMeters;
import io.rewind.runtime.service.Service;
import io.rewind.schemas.client.StoreDirectory;
import io.rewind.schemas.topic.Access;
import io.rewind.schemas.topic.DeadLetters;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything of a running restore service, wired: recovers first, then takes requests. */
public final class RestoreLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RestoreLoop.class);
    private static final String NAME = "rewind-restore";
    private static final long BUFFER = 4 << 20;
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(10);

    private final RestoreSettings settings;
    private final Producer<byte[], byte[]> producer;
    private final Engine engine;
    private final PointSource points;
    private final WarmUp warmUp;
    private final Restores restores;
    private final PartitionLoop addressed;
    private final PartitionLoop unaddressed;

    private RestoreLoop(RestoreSettings settings, Cluster cluster, MeterRegistry registry) {
        this.settings = settings;
        this.producer = cluster.producer(NAME + "-" + settings.host(), BUFFER);
        this.engine = DockerEngine.at(settings.engine(), settings.engineLimit());
        this.points = new TimelinePoints(new StoreDirectory(cluster), settings.stores(), STORE_PATIENCE);
        RestoreMetrics metrics = new RestoreMetrics(registry);
        StageMeters stage = new StageMeters(registry, NAME);
        LateStart late = new LateStart(lateIsPossible(settings), settings.lateFrom());
        Starter starter = new Starter(engine, new Pending(settings.pending()), late, settings.settle());
        Bench bench = new Bench(
                settings.host(),
                ThisHost.fingerprint(),
                settings.policy(),
                Clock.systemUTC(),
                engine,
                points,
                new PointRebuild(points, settings.limits(), settings.pages(), metrics::fetched),
                new PresentByMessage(cluster, producer, settings.host(), settings.presentLimit()),
                new Switchovers(starter, new LateMemory(settings.pending())),
                new JournalFolder(settings.folder(), settings.remembered()),
                this::answer,
                this::branch,
                settings.lateLimit(),
                settings.pull(),
                metrics);
        this.warmUp = new WarmUp(engine, points, settings.limits(), settings.warmUp(), settings.folder());
        this.restores = new Restores(bench, settings.atOnce(), warmUp::end);
        this.addressed = new PartitionLoop(
                NAME,
                cluster.consumer(NAME, Access.RESTORE_GROUPS + settings.host()),
                Topics.RESTORE_REQUESTS,
                stage.handlers(partition -> new Requests(restores::accept)),
                (record, fault) -> {});
        Addressing addressing = new Addressing(bench, restores, this::passOn);
        // One group of all hosts, which also says once what could not be read.
        this.unaddressed = new PartitionLoop(
                Access.UNADDRESSED_GROUP,
                cluster.consumer(Access.UNADDRESSED_GROUP, Access.UNADDRESSED_GROUP),
                Topics.RESTORE_REQUESTS,
                partition -> new Requests(addressing::accept),
                stage.deadLetters(new DeadLetters(NAME, new EventPublisher(producer))));
    }

    /** Tried while the service starts; the first restore for which it matters waits for the answer. */
    private static BooleanSupplier lateIsPossible(RestoreSettings settings) {
        if (!settings.late()) {
            return () -> false;
        }
        CompletableFuture<Optional<String>> fault = CompletableFuture.supplyAsync(LateProbe::fault);
        return () -> {
            fault.join().ifPresent(why -> log.info("containers start with all of their memory: {}", why));
            return fault.join().isEmpty();
        };
    }

    /** Returns once what a service before this one left is answered and requests are taken. */
    public static RestoreLoop start(RestoreSettings settings, Cluster cluster, MeterRegistry registry) {
        RestoreLoop running = new RestoreLoop(settings, cluster, registry);
        try {
            running.restores.recover();
            running.addressed.start();
            running.unaddressed.start();
            if (settings.warmUp() > 0) {
                running.warmUp.start();
            }
            return running;
        } catch (RuntimeException | Error e) {
            running.close();
            throw e;
        }
    }

    public Service.State state() {
        return addressed.state() == Service.State.RUNNING ? unaddressed.state() : addressed.state();
    }

    private void answer(RestoreProgress progress) {
        publish(Topics.RESTORE_RESULTS, progress.getRequest(), progress);
    }

    private void passOn(RestoreRequested request) {
        publish(Topics.RESTORE_REQUESTS, request.getRequest(), request);
    }

    private void branch(String timeline, String point) {
        publish(
                Topics.CONTROL,
                "branch/" + timeline,
                Branch.newBuilder()
                        .setTimeline(timeline)
                        .setPoint(point)
                        .setAt(Instant.now())
                        .build());
    }

    /** A publisher belongs to one thread, so each call has its own; the producer is shared. */
    private void publish(String topic, String key, SpecificRecord record) {
        EventPublisher publisher = new EventPublisher(producer);
        publisher.send(topic, key, record);
        publisher.flush();
    }

    @Override
    public void close() {
        unaddressed.close();
        addressed.close();
        restores.close(settings.stopLimit());
        warmUp.close();
        points.close();
        engine.close();
        producer.close(Duration.ofSeconds(10));
    }
}
