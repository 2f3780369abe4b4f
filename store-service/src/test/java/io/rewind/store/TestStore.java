package io.rewind.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.client.MaintenanceClient;
import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.announce.InMemoryFeed;
import io.rewind.store.announce.Outbox;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.collect.CollectSettings;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.DatabaseMemory;
import io.rewind.store.database.Family;
import io.rewind.store.ingest.PartitionIngest;
import io.rewind.store.ingest.Room;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.read.OpenPartitions;
import io.rewind.store.read.ReadServer;
import io.rewind.store.retention.KeepPolicy;
import io.rewind.store.upkeep.Expiry;
import io.rewind.store.upkeep.Upkeep;
import io.rewind.store.upkeep.UpkeepSettings;
import io.rewind.store.upkeep.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A partition of the real store on a topic in memory, with the real read API on loopback. Its clock stands still unless
 * it is moved.
 */
public final class TestStore implements AutoCloseable {
    public static final CollectSettings COLLECT = new CollectSettings(Duration.ofHours(2), 1L << 30, 1 << 20);

    private final Path folder;
    private final Path saved;
    private DatabaseMemory memory = new DatabaseMemory(8 << 20, 8 << 20);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StoreMetrics metrics = new StoreMetrics(meters);
    private final InMemoryFeed feed = new InMemoryFeed();
    private final OpenPartitions partitions = new OpenPartitions();
    private final List<byte[]> topic = new ArrayList<>();
    private final ReadServer server = new ReadServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty(),
            partitions,
            new RocksChunkBodies(),
            8,
            metrics);
    private final TimelineClient client;
    private final MaintenanceClient maintenance;
    private final UpkeepSettings settings;
    private Instant now = Instant.ofEpochMilli(TestRecords.FIRST_MILLIS);
    private LongSupplier free = () -> Long.MAX_VALUE;
    private Database database;
    private Outbox outbox;
    private Upkeep upkeep;
    private PartitionIngest ingest;

    public TestStore(Path base) {
        this(base, "all", 0);
    }

    public TestStore(Path base, String keep, long limit) {
        settings = new UpkeepSettings(KeepPolicy.parse(keep), limit, Duration.ofDays(1), 0.3, COLLECT);
        folder = base.resolve("db");
        saved = base.resolve("saved");
        server.start();
        client = new TimelineClient(List.of("127.0.0.1:" + server.port()));
        maintenance = new MaintenanceClient(List.of("127.0.0.1:" + server.port()));
        database = Database.open(folder, memory);
        outbox = new Outbox(database, feed);
        upkeep = newUpkeep();
        ingest = ingest();
    }

    private Upkeep newUpkeep() {
        return new Upkeep(0, database, new RocksChunkBodies(), outbox, settings, new Usage(), metrics, () -> now);
    }

    private PartitionIngest ingest() {
        partitions.add(0, database, upkeep);
        return new PartitionIngest(
                database,
                new RocksChunkBodies(),
                outbox,
                64 << 20,
                upkeep,
                new Room(() -> free.getAsLong(), 1 << 20, metrics),
                metrics,
                () -> {});
    }

    private void open() {
        database = Database.open(folder, memory);
        outbox = new Outbox(database, feed);
        upkeep = newUpkeep();
        ingest = ingest();
    }

    public MaintenanceClient maintenance() {
        return maintenance;
    }

    public Database database() {
        return database;
    }

    public Upkeep upkeep() {
        return upkeep;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Path folder() {
        return folder;
    }

    public double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    public Instant now() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** What the disk is said to have left. */
    public void free(LongSupplier bytes) {
        free = bytes;
    }

    /** On the thread that writes, which is this one. */
    public void expire(List<Integer> points) {
        List<PointId> ids = points.stream()
                .map(point -> new PointId(TestRecords.pointId(point)))
                .toList();
        var _ = new Expiry(database, outbox, () -> now).expire(new TimelineId(TestRecords.TIMELINE), ids, "test");
    }

    /** Runs what needs the thread that writes, which is this one meanwhile. */
    public <T> T whileWriting(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        try {
            while (!task.isDone()) {
                settle();
                Thread.onSpinWait();
            }
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something done to the files. */
    public interface Deed {
        void run() throws IOException;
    }

    /** With nothing of the files in memory. */
    public void whileClosed(Deed deed) throws IOException {
        closeDatabase();
        memory.close();
        memory = new DatabaseMemory(8 << 20, 8 << 20);
        deed.run();
        open();
    }

    /** Everything is in files, and as few of them as can be. */
    public void flush() {
        for (Family family : Family.values()) {
            database.compact(family, 1L << 30);
        }
    }

    /** A whole collection. */
    public void collect() {
        var _ = whileWriting(() -> {
            upkeep.collect();
            return true;
        });
    }

    public void writeBatch(Consumer<Commit> effect) {
        try (Commit batch = database.begin()) {
            effect.accept(batch);
            batch.write();
        }
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

    /** Delivers what the topic has from {@code from} up to but not {@code to}; goes on after what is rejected. */
    public void deliver(int from, int to) {
        for (int offset = from; offset < to; offset++) {
            try {
                deliver(offset, topic.get(offset));
            } catch (Fault fault) {
                if (fault.severity() != Severity.REJECTED) {
                    throw fault;
                }
            }
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
        open();
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
        open();
    }

    /** As after a power cut: nothing since {@link #save()} had reached the disk. */
    public void losePower() {
        closeDatabase();
        replace(saved, folder);
        open();
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

    /** Every entry of the database but those that say when a chunk came. */
    public Map<String, String> dump() {
        Map<String, String> all = new TreeMap<>();
        HexFormat hex = HexFormat.of();
        for (Family family : EnumSet.complementOf(EnumSet.of(Family.ARRIVALS))) {
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
