package io.rewind.store.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.ChunkRecord;
import io.rewind.schemas.client.StreamPart;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.TestPoints;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred points of a hundred chunks, ninety of them let go: what is left, and how much of the disk. */
class SpaceTest {
    private static final int POINTS = 100;
    private static final int KEPT = 10;
    private static final int PAGES = 40;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void I5_tenOfAHundredReadBackBitForBitAndTheRestIsGivenBack(long seed) {
        Map<Integer, byte[]> oracle = new HashMap<>();
        try (TestStore store = new TestStore(folder)) {
            for (int point = 0; point < POINTS; point++) {
                ChunkRecord chunk = TestRecords.noise(seed * POINTS + point, PAGES);
                oracle.put(point, TestPoints.opened(chunk));
                store.append(TestPoints.full(point, chunk));
            }
            store.catchUp();
            store.collect();
            List<Integer> leaving = leaving(seed);
            double before = diskUse(store.folder());
            store.expire(leaving);
            store.collect();
            assertThat(chunks(store)).as("before the grace is over").isEqualTo(POINTS);
            store.pass(Duration.ofHours(3));
            store.collect();
            assertThat(chunks(store)).isEqualTo(KEPT);
            oracle.keySet().removeAll(leaving);
            assertThat(oracle).hasSize(KEPT);
            oracle.forEach((point, pages) -> assertThat(read(store, point)).isEqualTo(pages));
            assertThat(diskUse(store.folder()) / before).isLessThan(0.2);
        }
    }

    /** Ninety of a hundred, never the newest. */
    private static List<Integer> leaving(long seed) {
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, POINTS - 1).boxed().toList());
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, POINTS - KEPT);
    }

    private static long chunks(TestStore store) {
        return store.dump().keySet().stream()
                .filter(key -> key.startsWith("CHUNKS/"))
                .count();
    }

    /** All pages one after the other. */
    private static byte[] read(TestStore store, int point) {
        List<ChunkId> chunks = new ArrayList<>();
        store.client()
                .point(TestRecords.TIMELINE, TestRecords.pointId(point))
                .streams((StreamPart part) -> chunks.addAll(part.chunks()));
        List<byte[]> pages = new ArrayList<>();
        store.client().chunks(TestRecords.TIMELINE, chunks, (_, body) -> pages.add(((BlockBody) body).bytes()));
        assertThat(pages).hasSize(1);
        return pages.getFirst();
    }

    private static double diskUse(Path folder) {
        try (var files = Files.list(folder)) {
            return files.mapToDouble(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
