package io.rewind.store.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.ChunkRecord;
import io.rewind.read.Damage;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.client.ClientFault;
import io.rewind.schemas.content.ContentFault;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.TestPoints;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import io.rewind.store.database.Family;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.timeline.PointEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bits that flip: found, named, and of no consequence to other points. */
class DamageTest {
    private static final ChunkRecord MEMORY = TestRecords.noise(1, 16);
    private static final ChunkRecord FILE = TestRecords.noise(2, 4);
    private static final ChunkRecord OTHER = TestRecords.noise(3, 16);
    private static final ChunkId MEMORY_ID = ChunkId.read(MEMORY.getId());
    private static final ChunkId FILE_ID = ChunkId.read(FILE.getId());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
        store.append(TestPoints.withFile(1, "etc/hosts", MEMORY, FILE));
        store.append(TestPoints.full(2, OTHER));
        store.catchUp();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<Damage> verify() {
        List<Damage> found = new ArrayList<>();
        store.maintenance().verify(TestRecords.TIMELINE, _ -> {}, found::add);
        List<Damage> all = new ArrayList<>();
        assertThat(store.maintenance().verifyAll(_ -> {}, all::add))
                .singleElement()
                .satisfies(end -> {
                    assertThat(end.getPoints()).isEqualTo(end.getPointsInAll());
                    assertThat(end.getChunks()).isEqualTo(end.getChunksInAll()).isEqualTo(chunks());
                });
        assertThat(all).containsAll(found);
        return found;
    }

    private long chunks() {
        AtomicLong chunks = new AtomicLong();
        store.database().scan(Family.CHUNKS, new byte[0], (_, _) -> chunks.incrementAndGet() > 0);
        return chunks.get();
    }

    private void flip(Family family, byte[] key) {
        byte[] value = store.database().get(family, key).orElseThrow().clone();
        value[value.length / 2] ^= 4;
        store.writeBatch(batch -> batch.put(family, key, value));
    }

    private void assertOnlyPoint1(List<Damage> found, String... places) {
        assertThat(found).extracting(Damage::getPoint).containsOnly(TestRecords.pointId(1));
        assertThat(found).extracting(Damage::getPlace).containsExactly(places);
        assertThat(TestPoints.opened(OTHER)).isEqualTo(read(2).get(ChunkId.read(OTHER.getId())));
    }

    private Map<ChunkId, byte[]> read(int point) {
        List<ChunkId> chunks = new ArrayList<>();
        store.client()
                .point(TestRecords.TIMELINE, TestRecords.pointId(point))
                .streams(part -> chunks.addAll(part.chunks()));
        Map<ChunkId, byte[]> bodies = new HashMap<>();
        store.client().chunks(TestRecords.TIMELINE, chunks, (id, body) -> bodies.put(id, body.bytes()));
        return bodies;
    }

    @Test
    void whatIsWholeIsProvedWhole() {
        assertThat(verify()).isEmpty();
    }

    @Test
    void I7_aFlippedBitOfAChunkIsNamedByItsPages() {
        flip(Family.BODIES, MEMORY_ID.toBytes());
        assertOnlyPoint1(verify(), "memory 1, pages 100-115");
        assertThatThrownBy(() -> read(1))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ContentFault.CHUNK_DAMAGED));
    }

    @Test
    void I7_aFlippedBitOfAChunkIsNamedByItsFile() {
        flip(Family.BODIES, FILE_ID.toBytes());
        assertOnlyPoint1(verify(), "file etc/hosts, blocks 0-3");
    }

    @Test
    void whatPatchesLieOverDamagesThem() {
        ChunkRecord base = TestRecords.chunk(List.of(1L, 2L, 3L));
        ChunkRecord patch = TestRecords.patches(ChunkId.read(base.getId()), false, List.of(1), 4);
        ChunkRecord upper = TestRecords.patches(ChunkId.read(patch.getId()), true, List.of(0), 5);
        store.append(List.of(base, patch));
        store.append(TestPoints.full(3, upper));
        store.catchUp();
        flip(Family.BODIES, ChunkId.read(base.getId()).toBytes());
        assertThat(verify()).singleElement().satisfies(damage -> {
            assertThat(damage.getPoint()).isEqualTo(TestRecords.pointId(3));
            assertThat(damage.getReason()).contains(ChunkId.read(base.getId()).toString());
        });
    }

    @Test
    void aMissingChunkIsFoundThoughNothingOfItIsThere() {
        store.writeBatch(batch -> {
            batch.delete(Family.CHUNKS, MEMORY_ID.toBytes());
            batch.delete(Family.BODIES, MEMORY_ID.toBytes());
        });
        assertOnlyPoint1(verify(), "memory 1, pages 100-115");
    }

    @Test
    void I7_aFlippedBitOfAMapIsToldToThePoint() {
        byte[] key = HexFormat.of()
                .parseHex(store.dump().keySet().stream()
                        .filter(line -> line.startsWith("POINTS/"))
                        .findFirst()
                        .orElseThrow()
                        .substring("POINTS/".length()));
        PointEntry.Committed point = (PointEntry.Committed)
                PointEntry.decode(store.database().get(Family.POINTS, key).orElseThrow());
        flip(Family.NODES, point.map().toBytes());
        assertOnlyPoint1(verify(), "its map");
        assertThatThrownBy(() -> read(1))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.STORE_DAMAGED));
    }

    @Test
    void I7_aFlippedBitInABlobFileIsNamedByVerifyAndAtRead() throws IOException {
        store.collect();
        store.flush();
        byte[] sealed = TestPoints.sealed(MEMORY);
        store.whileClosed(() ->
                assertThat(flipOnDisk(Arrays.copyOfRange(sealed, 5000, 5064))).isTrue());
        assertOnlyPoint1(verify(), "memory 1, pages 100-115");
        assertThatThrownBy(() -> read(1)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(ClientFault.STORE_DAMAGED);
            assertThat(fault.sentence()).contains("memory 1, pages 100-115 of point " + TestRecords.pointId(1));
        });
    }

    @Test
    void aBodyThatCannotBeReadDoesNotKeepTheStoreFromWorking() throws IOException {
        store.append(TestPoints.full(0, TestRecords.noise(5, 100)));
        store.catchUp();
        store.flush();
        store.expire(List.of(0));
        store.pass(Duration.ofHours(3));
        byte[] sealed = TestPoints.sealed(MEMORY);
        store.whileClosed(() ->
                assertThat(flipOnDisk(Arrays.copyOfRange(sealed, 5000, 5064))).isTrue());
        assertThatThrownBy(store::collect)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(StoreFault.STORE_DAMAGED));
        assertThat(chunks()).as("swept all the same").isEqualTo(3);
        ChunkRecord more = TestRecords.noise(4, 16);
        store.append(TestPoints.full(3, more));
        store.catchUp();
        store.flush();
        assertThat(read(3)).containsEntry(ChunkId.read(more.getId()), TestPoints.opened(more));
        assertOnlyPoint1(verify(), "memory 1, pages 100-115");
    }

    /** Flips a bit of these bytes wherever they are found in a blob file. */
    private boolean flipOnDisk(byte[] wanted) throws IOException {
        boolean found = false;
        for (Path file : files(".blob")) {
            byte[] content = Files.readAllBytes(file);
            for (int at = 0; at + wanted.length <= content.length; at++) {
                if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
                    flip(file, at);
                    found = true;
                }
            }
        }
        return found;
    }

    private List<Path> files(String ending) throws IOException {
        try (var files = Files.list(store.folder())) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int before = open.read();
            open.seek(at);
            open.write(before ^ 1);
        }
    }

    private boolean isDamageFound() {
        List<Damage> found = new ArrayList<>();
        try {
            var _ = store.maintenance().verifyAll(_ -> {}, found::add);
            var _ = store.maintenance().verify(TestRecords.TIMELINE, _ -> {}, found::add);
            return !found.isEmpty();
        } catch (Fault fault) {
            return true;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void I7_noFlippedBitOfAnyFileIsReadAsIfItWereRight(long seed) throws IOException {
        Random random = new Random(seed);
        store.flush();
        List<Map<ChunkId, byte[]>> oracle = List.of(read(1), read(2));
        try {
            store.whileClosed(() -> {
                List<Path> files = files(random.nextBoolean() ? ".sst" : ".blob");
                Path file = files.get(random.nextInt(files.size()));
                flip(file, random.nextLong(Files.size(file)));
            });
        } catch (Fault refused) {
            // It does not even open.
            return;
        }
        boolean damaged = isDamageFound();
        for (int point = 1; point <= 2; point++) {
            try {
                assertThat(read(point)).usingRecursiveComparison().isEqualTo(oracle.get(point - 1));
            } catch (Fault fault) {
                assertThat(damaged)
                        .as("verify said nothing, but %s", fault.sentence())
                        .isTrue();
            }
        }
    }
}
