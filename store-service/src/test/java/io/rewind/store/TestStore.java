package io.rewind.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.announce.InMemoryFeed;
import io.rewind.store.announce.Outbox;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.database.Database;
import io.rewind.store.database.DatabaseMemory;
import io.rewind.store.database.Family;
import io.rewind.store.ingest.PartitionIngest;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.read.OpenPartitions;
import io.rewind.store.read.ReadServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A partition of the real store on a topic in memory, with the real read API on loopback. */
public final class TestStore implements AutoCloseable {
    private final Path folder;
    private final Path saved;
    private final DatabaseMemory memory = new DatabaseMemory(8 << 20, 8 << 20);
    private final StoreMetrics metrics = new StoreMetrics(new SimpleMeterRegistry());
    private final InMemoryFeed feed = new InMemoryFeed();
    private final OpenPartitions partitions = new OpenPartitions();
    private final List<byte[]> topic = new ArrayList<>();
    private final ReadServer server =
            new ReadServer("127.0.0.1", 0, partitions, new RocksChunkBodies(), 8, metrics);
    private final TimelineClient client;
    private Database database;
    private PartitionIngest ingest;

    public TestStore(Path base) {
        folder = base.resolve("db");
        saved = base.resolve("saved");
        server.start();
        client = new TimelineClient(List.of("127.0.0.1:" + server.port()));
        database = Database.open(folder, memory);
        ingest = ingest();
    }

    private PartitionIngest ingest() {
        partitions.add(0, database);
        return new PartitionIngest(
                database, new RocksChunkBodies(), new Outbox(database, feed), 64 << 20, metrics, () -> {});
    }

    public TimelineClient client() {
        return client;
    }

    public InMemoryFeed feed() {
        return feed;
    }

    public PartitionIngest handler() {
        return ingest;
    }

    /** Appends to the topic without delivering. */
    public void append(List<? extends SpecificRecord> records) {
        records.forEach(record -> topic.add(Wire.encode(record)));
    }

    public int end() {
        return topic.size();
    }

    public void deliver(int offset, byte @Nullable [] value) {
        ingest.accept(new ConsumerRecord<>(Topics.CHUNKS, 0, offset, new byte[0], value));
    }

    /** Delivers what the topic has from {@code from} up to but not {@code to}. */
    public void deliver(int from, int to) {
        for (int offset = from; offset < to; offset++) {
            deliver(offset, topic.get(offset));
        }
    }

    /** Delivers everything from where the handler wants to go on, and settles. */
    public void catchUp() {
        deliver((int) ingest.startOffset().orElse(0), topic.size());
        settle();
    }

    public void settle() {
        var _ = ingest.settle();
    }

    /** As after SIGKILL: what was written is there, nothing more is done. */
    public void restart() {
        closeDatabase();
        database = Database.open(folder, memory);
        ingest = ingest();
    }

    private void closeDatabase() {
        partitions.remove(0);
        ingest.close();
        database.close();
    }

    /** Remembers the files as they are, to lose everything after it in {@link #losePower()}. */
    public void save() {
        closeDatabase();
        replace(folder, saved);
        database = Database.open(folder, memory);
        ingest = ingest();
    }

    /** As after a power cut: nothing since {@link #save()} had reached the disk. */
    public void losePower() {
        closeDatabase();
        replace(saved, folder);
        database = Database.open(folder, memory);
        ingest = ingest();
    }

    private static void replace(Path from, Path to) {
        try {
            if (Files.exists(to)) {
                delete(to);
            }
            Files.createDirectories(to);
            try (var files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Every entry of the database. */
    public Map<String, String> dump() {
        Map<String, String> all = new TreeMap<>();
        HexFormat hex = HexFormat.of();
        for (Family family : Family.values()) {
            database.scan(family, new byte[0], (key, value) -> {
                all.put(family + "/" + hex.formatHex(key), hex.formatHex(value));
                return true;
            });
        }
        return all;
    }

    @Override
    public void close() {
        client.close();
        closeDatabase();
        server.close();
        memory.close();
    }
}
