package io.rewind.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.runtime.kafka.PartitionLoop;
import io.rewind.runtime.service.Service;
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
import io.rewind.store.ingest.PartitionIngest;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.read.OpenPartitions;
import io.rewind.store.read.ReadServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** The store: consumes the chunks topic, keeps timelines, announces points, answers the read API. */
public final class StoreService implements Service {
    private static final String NAME = "store";
    private static final String GROUP = "rewind-store";
    private static final long PRODUCER_BYTES = 8L << 20;

    private final StoreSettings settings;
    private final Cluster cluster;
    private final StoreMetrics metrics;
    private final OpenPartitions partitions = new OpenPartitions();
    private final ChunkBodies bodies = new RocksChunkBodies();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile Optional<PartitionLoop> loop = Optional.empty();
    private volatile State state = State.STARTING;

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID */
    public StoreService(Settings settings, Cluster cluster, MeterRegistry registry) {
        this.settings = StoreSettings.of(settings);
        this.cluster = cluster;
        this.metrics = new StoreMetrics(registry);
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
            ReadServer server = opened(new ReadServer(
                    settings.listenHost(), settings.listenPort(), partitions, bodies, settings.readers(), metrics));
            server.start();
            String endpoint = settings.endpoint(server.port());
            Presence presence =
                    opened(new Presence(settings.host(), endpoint, partitions::numbers, new EventPublisher(producer)));
            presence.start();
            PartitionLoop consuming = opened(new PartitionLoop(
                    NAME,
                    cluster.consumer("rewind-store", GROUP),
                    Topics.CHUNKS,
                    partition -> open(partition, lock, memory, producer, presence),
                    new DeadLetters(NAME, new EventPublisher(producer))));
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
        int partition = assigned.partition();
        String name = "partition-" + partition;
        Database database = lock.on(Database.open(settings.folder().resolve(name), memory), name);
        PartitionHandler handler = new PartitionIngest(
                database,
                bodies,
                new Outbox(database, new KafkaFeed(cluster, producer)),
                settings.pendingBytes(),
                metrics,
                () -> {
                    partitions.remove(partition);
                    presence.changed();
                    database.close();
                });
        partitions.add(partition, database);
        presence.changed();
        return handler;
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
                org.slf4j.LoggerFactory.getLogger(StoreService.class).error("the store did not stop cleanly", e);
            }
        }
        loop = Optional.empty();
        state = State.STOPPED;
    }
}
