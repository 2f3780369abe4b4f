package io.rewind.benchmarks.speed;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.schemas.topic.Topics;
import io.rewind.store.announce.Announcement;
import io.rewind.store.announce.Feed;
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
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Encoded points, and databases in a folder to take them. */
final class StoreStand implements AutoCloseable {
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

    private final Path folder = Files.createTempDirectory("rewind-bench-store-");
    private final DatabaseMemory memory = new DatabaseMemory(MEMORY, MEMORY);
    private final StoreMetrics metrics = new StoreMetrics(new SimpleMeterRegistry());
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private int databases;

    /** A feed that takes everything. */
    private static final class Nowhere implements Feed {
        @Override
        public Map<Integer, Long> send(List<Announcement> announcements) {
            return Map.of();
        }

        @Override
        public void read(Map<Integer, Long> from, Consumer<Announcement> each) {}

        @Override
        public void close() {}
    }

    StoreStand() throws IOException {
        Capture capture = new Capture();
        for (int point = 0; point < POINTS; point++) {
            capture.add(Material.pages(point, BlockSpeed.PAGES));
        }
        try (Encoding encoding = new Encoding(folder)) {
            encoding.take(capture.records());
            for (byte[] value : encoding.sent()) {
                records.add(
                        new ConsumerRecord<>(Topics.CHUNKS, 0, records.size(), Topics.key(Capture.TIMELINE), value));
            }
        }
    }

    StoreMetrics metrics() {
        return metrics;
    }

    /** An empty one; to be closed. */
    Database open() {
        return Database.open(folder.resolve("partition-" + databases++), memory);
    }

    /** Puts all points in; they are on disk when this returns. */
    void ingest(Database database) {
        Outbox outbox = new Outbox(database, new Nowhere());
        Upkeep upkeep = upkeep(database, outbox);
        Room room = new Room(() -> Long.MAX_VALUE, 0, metrics);
        PartitionIngest ingest =
                new PartitionIngest(database, new RocksChunkBodies(), outbox, PENDING, upkeep, room, metrics, () -> {});
        records.forEach(ingest::accept);
        var _ = ingest.settle();
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
