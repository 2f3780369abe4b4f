package io.rewind.benchmarks.speed;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.schemas.topic.Topics;
import io.rewind.store.announce.Outbox;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.collect.CollectSettings;
import io.rewind.store.database.Database;
import io.rewind.store.database.DatabaseMemory;
import io.rewind.store.ingest.PartitionIngest;
import io.rewind.store.ingest.Room;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.retention.KeepPolicy;
import io.rewind.store.upkeep.Upkeep;
import io.rewind.store.upkeep.UpkeepSettings;
import io.rewind.store.upkeep.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Encoded points, and databases in a folder to take them. */
public final class StoreStand implements AutoCloseable {
    static final int POINTS = 8;

    private static final long MEMORY = 32 << 20;
    private static final long PENDING = 256 << 20;
    /** Every point stays. */
    private static final UpkeepSettings EVERYTHING = new UpkeepSettings(
            KeepPolicy.ALL,
            0,
            Duration.ofDays(1),
            0.3,
            new CollectSettings(Duration.ofHours(2), Long.MAX_VALUE, 1 << 20));

    private final Path folder;
    private final DatabaseMemory memory = new DatabaseMemory(MEMORY, MEMORY);
    private final StoreMetrics metrics = new StoreMetrics(new SimpleMeterRegistry());
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private int databases;

    /** One without points. */
    public StoreStand() throws IOException {
        folder = Files.createTempDirectory("rewind-bench-store-");
    }

    /** One with {@link #POINTS} points to be taken in. */
    static StoreStand withPoints() throws IOException {
        StoreStand stand = new StoreStand();
        Capture capture = new Capture();
        for (int point = 0; point < POINTS; point++) {
            capture.add(Material.pages(point, BlockSpeed.PAGES));
        }
        try (Encoding encoding = new Encoding(stand.folder)) {
            encoding.take(capture.records());
            encoding.sent().forEach(value -> stand.records.add(record(stand.records.size(), value)));
        }
        return stand;
    }

    /** As the chunks topic would have it. */
    public static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(Topics.CHUNKS, 0, offset, Topics.key(Capture.TIMELINE), value);
    }

    /** For whatever is to lie beside the databases. */
    public Path folder() {
        return folder;
    }

    StoreMetrics metrics() {
        return metrics;
    }

    /** An empty one; to be closed. */
    public Database open() {
        return Database.open(folder.resolve("partition-" + databases++), memory);
    }

    /** Puts all points in; they are on disk when this returns. */
    void ingest(Database database) {
        PartitionIngest ingest = intake(database);
        records.forEach(ingest::accept);
        var _ = ingest.settle();
    }

    /** What takes records in. */
    public PartitionIngest intake(Database database) {
        Outbox outbox = new Outbox(database, new Nowhere());
        Room room = new Room(() -> Long.MAX_VALUE, 0, metrics);
        Upkeep upkeep = upkeep(database, outbox);
        return new PartitionIngest(database, new RocksChunkBodies(), outbox, PENDING, upkeep, room, metrics, () -> {});
    }

    Upkeep upkeep(Database database) {
        return upkeep(database, new Outbox(database, new Nowhere()));
    }

    private Upkeep upkeep(Database database, Outbox outbox) {
        RocksChunkBodies bodies = new RocksChunkBodies();
        return new Upkeep(0, database, bodies, outbox, EVERYTHING, new Usage(), metrics, InstantSource.system());
    }

    @Override
    public void close() throws IOException {
        memory.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
