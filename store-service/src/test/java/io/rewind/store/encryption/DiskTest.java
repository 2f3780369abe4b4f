package io.rewind.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.event.BlockRun;
import io.rewind.event.ChunkRecord;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.PointHeader;
import io.rewind.event.PointRecord;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.TestRecords;
import io.rewind.store.TestUpkeep;
import io.rewind.store.announce.InMemoryFeed;
import io.rewind.store.announce.Outbox;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.database.Database;
import io.rewind.store.database.DatabaseMemory;
import io.rewind.store.ingest.PartitionIngest;
import io.rewind.store.ingest.Room;
import io.rewind.store.metrics.StoreMetrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody finds who takes the disk: of a plain store everything, of an encrypted one nothing of the container's. */
class DiskTest {
    /** One each of a page, a file's name, the container's description and its name. */
    private static final List<String> SECRETS =
            List.of("in-a-page-of-memory", "the-name-of-a-file", "in-the-description", "name-of-container");

    private static final ChunkRecord CHUNK = chunk();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aPlainStoreShowsEverything() throws IOException {
        store(new KeySource.None());
        assertThat(found()).containsExactlyInAnyOrderElementsOf(SECRETS);
        assertThat(shows(CHUNK.getId())).isTrue();
    }

    @Test
    void anEncryptedStoreShowsNothing() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys"), Keys.A);
        store(new KeySource.File(keys));
        assertThat(found()).isEmpty();
        assertThat(shows(CHUNK.getId()))
                .as("the digest of a content that can be guessed")
                .isFalse();
    }

    private Path folder() {
        return folder.resolve("store");
    }

    /** Stores a point, and opens the database again, which turns its log into tables. */
    private void store(KeySource keys) {
        StoreLock lock = StoreLock.open(folder(), keys);
        try (DatabaseMemory memory = new DatabaseMemory(8 << 20, 8 << 20)) {
            for (int i = 0; i < 2; i++) {
                try (Database database =
                        lock.on(Database.open(folder().resolve("partition-0"), memory), "partition-0")) {
                    ingest(database);
                }
            }
        }
    }

    private static void ingest(Database database) {
        InMemoryFeed feed = new InMemoryFeed();
        StoreMetrics metrics = new StoreMetrics(new SimpleMeterRegistry());
        Outbox outbox = new Outbox(database, feed);
        PartitionIngest ingest = new PartitionIngest(
                database,
                new RocksChunkBodies(),
                outbox,
                1 << 20,
                TestUpkeep.of(database, outbox, metrics),
                new Room(() -> Long.MAX_VALUE, 0, metrics),
                metrics,
                () -> {});
        PointRecord point = TestRecords.record(1, Optional.empty(), 1);
        List<SpecificRecord> records = List.of(
                CHUNK,
                TestRecords.part(1, 0, List.of(ChunkId.read(CHUNK.getId())), List.of(memory(), file())),
                PointRecord.newBuilder(point)
                        .setHeader(PointHeader.newBuilder(point.getHeader())
                                .setName(SECRETS.get(3))
                                .build())
                        .setSpec(ByteBuffer.wrap(SECRETS.get(2).getBytes(StandardCharsets.US_ASCII)))
                        .build());
        for (int offset = 0; offset < records.size(); offset++) {
            ingest.accept(
                    new ConsumerRecord<>(Topics.CHUNKS, 0, offset, new byte[0], Wire.encode(records.get(offset))));
        }
        var _ = ingest.settle();
    }

    /** Noise, so that it is stored as it is, with the secret in the middle. */
    private static ChunkRecord chunk() {
        byte[] page = new byte[Block.SIZE];
        new Random(1).nextBytes(page);
        System.arraycopy(
                SECRETS.get(0).getBytes(StandardCharsets.US_ASCII),
                0,
                page,
                1000,
                SECRETS.get(0).length());
        ByteBuffer body = ByteBuffer.allocate(Short.BYTES + Block.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        body.putShort((short) Block.SIZE).put(page).flip();
        return new ChunkRecord(
                TestRecords.TIMELINE,
                ByteBuffer.wrap(ChunkBody.of(body.array(), 1).id().toBytes()),
                1,
                body.limit(),
                ByteBuffer.wrap(Zstd.compress(body.array())));
    }

    private static StreamChange memory() {
        return stream(StreamKind.MEMORY, "1")
                .setSize(1L)
                .setRuns(List.of(new BlockRun(0L, 1, 0, 0)))
                .build();
    }

    private static StreamChange file() {
        return stream(StreamKind.UPPER, SECRETS.get(1))
                .setMeta(FileMeta.newBuilder()
                        .setType(FileType.FILE)
                        .setMode(0600)
                        .setUid(0)
                        .setGid(0)
                        .setMtimeNanos(1)
                        .setSize(0)
                        .setTarget(ByteBuffer.allocate(0))
                        .setXattrs(List.of())
                        .setDigest(ByteBuffer.allocate(0))
                        .build())
                .build();
    }

    private static StreamChange.Builder stream(StreamKind kind, String name) {
        return StreamChange.newBuilder()
                .setKind(kind)
                .setTree("")
                .setName(ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)))
                .setRemoved(false)
                .setSize(0)
                .setDigest(ByteBuffer.allocate(0))
                .setRuns(List.of());
    }

    private Set<String> found() throws IOException {
        Set<String> found = new HashSet<>();
        for (String content : contents()) {
            SECRETS.stream().filter(content::contains).forEach(found::add);
        }
        return found;
    }

    private boolean shows(ByteBuffer id) throws IOException {
        String text = StandardCharsets.ISO_8859_1.decode(id.duplicate()).toString();
        return contents().stream().anyMatch(content -> content.contains(text));
    }

    private List<String> contents() throws IOException {
        try (Stream<Path> all = Files.walk(folder())) {
            List<String> contents = new ArrayList<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return contents;
        }
    }
}
