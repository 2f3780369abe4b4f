package io.rewind.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.store.TestPoints;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last write ends anywhere, or in noise, as a power cut leaves it. The seed is in the name. */
class TornWriteTest {
    private static final int SYNCED = 3;
    private static final int POINTS = 6;
    private static final int PAGES = 8;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void I3_I4_aTornLastWriteLosesNothingThatWasSyncedAndIsDoneAgain(long seed) throws IOException {
        Random random = new Random(seed);
        try (TestStore store = new TestStore(folder)) {
            send(store, 0, SYNCED);
            store.catchUp();
            Path log = log(store.folder());
            long synced = Files.size(log);
            int from = store.end();
            send(store, SYNCED, POINTS);
            store.deliver(from, store.end());
            store.whileClosed(() -> {
                assertThat(log(store.folder())).isEqualTo(log);
                tear(log, synced, random);
            });
            assertThat(proved(store)).as("seed %d", seed).isBetween((long) SYNCED, POINTS - 1L);
            assertThat(store.feed().points()).hasSize(SYNCED);
            store.catchUp();
            assertThat(proved(store)).as("seed %d", seed).isEqualTo(POINTS);
            assertThat(store.feed().points()).doesNotHaveDuplicates().hasSize(POINTS);
        }
    }

    private static void send(TestStore store, int from, int to) {
        for (int point = from; point < to; point++) {
            store.append(TestPoints.full(point, TestRecords.noise(point, PAGES)));
        }
    }

    /** The log that is being written. */
    private static Path log(Path database) throws IOException {
        try (Stream<Path> files = Files.list(database)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /** What came after the sync ends somewhere; what follows is gone, zero, or something else. */
    private static void tear(Path log, long synced, Random random) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            long end = synced + random.nextLong(file.length() - synced);
            int rest = (int) (file.length() - end);
            file.setLength(end);
            switch (random.nextInt(3)) {
                case 0 -> file.setLength(end + rest);
                case 1 -> {
                    byte[] noise = new byte[rest];
                    random.nextBytes(noise);
                    file.seek(end);
                    file.write(noise);
                }
                default -> {}
            }
        }
    }

    private static long proved(TestStore store) {
        return store.maintenance()
                .verify(TestRecords.TIMELINE, _ -> {}, damage -> {
                    throw new AssertionError(damage);
                })
                .getPoints();
    }
}
