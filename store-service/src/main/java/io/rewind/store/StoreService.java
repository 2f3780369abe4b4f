package io.rewind.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.runtime.kafka.PartitionLoop;
import io.rewind.runtime.metrics.StageMeters;
import io.rewind.runtime.service.Service;
import io.rewind.schemas.client.LocalStores;
import io.rewind.schemas.topic.Access;
import io.rewind.schemas.topic.DeadLetters;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.store.announce.KafkaFeed;
import io.rewind.store.announce.Outbox;
import io.rewind.store.announce.Presence;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.database.Database;
import io.rewind.store.database.DatabaseMemory;
import io.rewind.store.encryption.StoreLock;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.ingest.PartitionIngest;
import io.rewind.store.ingest.Room;
import io.rewind.store.metrics.NewestPoints;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.read.OpenPartitions;
import io.rewind.store.read.ReadServer;
import io.rewind.store.takeover.BusyPartition;
import io.rewind.store.takeover.LostPoints;
import io.rewind.store.takeover.MissedRecords;
import io.rewind.store.upkeep.Upkeep;
import io.rewind.store.upkeep.UpkeepLoop;
import io.rewind.store.upkeep.Usage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store: consumes the chunks topic, keeps timelines, announces points, answers the read API, keeps itself in order. */
public final class StoreService implements Service {
    private static final String NAME = "store";
    private static final long PRODUCER_BYTES = 8L << 20;
    private static final Logger log = LoggerFactory.getLogger(StoreService.class);

    private final StoreSettings settings;
    private final Cluster cluster;
    private final StoreMetrics metrics;
    private final StageMeters stage;
    private final OpenPartitions partitions = new OpenPartitions();
    private final ChunkBodies bodies = new RocksChunkBodies();
    private final Usage usage = new Usage();
    /** One partition is collected at a time: that bounds memory and what is read. */
    private final Semaphore collections = new Semaphore(1);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile Optional<PartitionLoop> loop = Optional.empty();
    private volatile State state = State.STARTING;

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID */
    public StoreService(Settings settings, Cluster cluster, MeterRegistry registry) {
        this.settings = StoreSettings.of(settings);
        this.cluster = cluster;
        this.metrics = new StoreMetrics(registry);
        this.stage = new StageMeters(registry, NAME);
        metrics.disk(partitions, OpenPartitions::diskBytes);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized void start() {
        try {
            StoreLock lock = StoreLock.open(settings.folder(), settings.keys());
            DatabaseMemory memory = opened(new DatabaseMemory(settings.cacheBytes(), settings.bufferBytes()));
            Producer<byte[], byte[]> producer = opened(cluster.producer("rewind-store", PRODUCER_BYTES));
            ReadServer server = opened(
                    new ReadServer(settings.listen(), settings.tls(), partitions, bodies, settings.readers(), metrics));
            server.start();
            if (settings.isOpenToAll()) {
                log.warn(
                        "whoever reaches {} can read the memory and files of all captured containers: it is no loopback"
                                + " address, and rewind.tls is not set",
                        settings.listen());
            }
            String endpoint = settings.endpoint(server.port());
            AutoCloseable _ = opened(LocalStores.serve(endpoint, server.services()));
            Presence presence =
                    opened(new Presence(settings.host(), endpoint, partitions::numbers, new EventPublisher(producer)));
            presence.start();
            opened(new NewestPoints(partitions::timelines, metrics)).start();
            PartitionLoop consuming = opened(new PartitionLoop(
                    NAME,
                    cluster.consumer("rewind-store", Access.STORE_GROUP),
                    Topics.CHUNKS,
                    stage.handlers(partition -> open(partition, lock, memory, producer, presence)),
                    stage.deadLetters(new DeadLetters(NAME, new EventPublisher(producer)))));
            consuming.start();
            loop = Optional.of(consuming);
            state = State.RUNNING;
        } catch (RuntimeException | Error e) {
            close();
            state = State.FAILED;
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        started.push(resource);
        return resource;
    }

    private PartitionHandler open(
            TopicPartition assigned,
            StoreLock lock,
            DatabaseMemory memory,
            Producer<byte[], byte[]> producer,
            Presence presence) {
        Path folder = settings.folder().resolve("partition-" + assigned.partition());
        try {
            Database database =
                    lock.on(Database.open(folder, memory), folder.getFileName().toString());
            return handler(assigned, folder, database, new KafkaFeed(cluster, producer), presence);
        } catch (Fault fault) {
            if (fault.code() == StoreFault.PARTITION_BUSY) {
                return new BusyPartition(fault);
            }
            throw fault;
        }
    }

    private PartitionHandler handler(
            TopicPartition assigned, Path folder, Database database, KafkaFeed feed, Presence presence) {
        int partition = assigned.partition();
        Outbox outbox = new Outbox(database, feed);
        Upkeep upkeep = new Upkeep(
                partition, database, bodies, outbox, settings.upkeep(), usage, metrics, InstantSource.system());
        UpkeepLoop upkeepLoop =
                new UpkeepLoop(partition, upkeep, settings.upkeep().interval(), collections, metrics);
        PartitionHandler handler = new PartitionIngest(
                database,
                bodies,
                outbox,
                settings.pendingBytes(),
                upkeep,
                Room.on(folder, settings.reserve(), metrics),
                metrics,
                () -> {
                    partitions.remove(partition);
                    presence.changed();
                    upkeepLoop.close();
                    database.close();
                });
        partitions.add(partition, database, upkeep);
        upkeepLoop.start();
        presence.changed();
        LostPoints lost = new LostPoints(
                database, outbox, feed, key -> feed.goesTo(assigned, key), InstantSource.system(), metrics);
        return new MissedRecords(handler, database, lost, () -> feed.end(assigned), metrics);
    }

    @Override
    public State state() {
        return loop.map(PartitionLoop::state).filter(s -> s == State.FAILED).orElse(state);
    }

    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                log.error("the store did not stop cleanly", e);
            }
        }
        loop = Optional.empty();
        state = State.STOPPED;
    }
}
