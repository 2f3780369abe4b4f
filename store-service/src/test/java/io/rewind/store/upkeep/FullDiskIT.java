package io.rewind.store.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.ChunkRecord;
import io.rewind.runtime.fault.Fault;
import io.rewind.store.TestPoints;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import io.rewind.store.fault.StoreFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that really is full. Needs root, to mount one. */
class FullDiskIT {
    private static final int PAGES = 200;
    private static final int MOST = 100;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path disk() {
        return folder.resolve("disk");
    }

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        Files.createDirectory(disk());
        run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk().toString());
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", disk().toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void I10_nothingIsLostAndItGoesOnWhenThereIsRoom() throws IOException, InterruptedException {
        try (TestStore store = new TestStore(disk())) {
            int point = fill(store);
            assertThat(point).isBetween(5, MOST);
            // The last one may have been written and not synced: it is there, and not announced.
            assertThat(undamaged(store)).isBetween((long) point, point + 1L);
            run("mount", "-o", "remount,size=200m", disk().toString());
            // The database looks for room every few seconds.
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> goesOn(store));
            assertAllIsWell(store, point + 1);
            store.append(TestPoints.full(point + 1, noise(point + 1)));
            store.catchUp();
            store.restart();
            assertAllIsWell(store, point + 2);
        }
    }

    private static ChunkRecord noise(int point) {
        return TestRecords.noise(point, PAGES);
    }

    /** Sends points until one is not taken. */
    private static int fill(TestStore store) {
        for (int point = 0; point < MOST; point++) {
            store.append(TestPoints.full(point, noise(point)));
            Optional<Fault> fault = taken(store);
            if (fault.isPresent()) {
                assertThat(fault.get().code()).isEqualTo(StoreFault.STORE_FULL);
                return point;
            }
        }
        return MOST + 1;
    }

    private static Optional<Fault> taken(TestStore store) {
        try {
            store.catchUp();
            return Optional.empty();
        } catch (Fault fault) {
            return Optional.of(fault);
        }
    }

    private static boolean goesOn(TestStore store) {
        Optional<Fault> fault = taken(store);
        assertThat(fault.map(Fault::code).orElse(StoreFault.STORE_FULL)).isEqualTo(StoreFault.STORE_FULL);
        return fault.isEmpty();
    }

    private static void assertAllIsWell(TestStore store, int points) {
        assertThat(undamaged(store)).isEqualTo(points);
    }

    /** How many points there are, all of which are proved. */
    private static long undamaged(TestStore store) {
        return store.maintenance()
                .verify(TestRecords.TIMELINE, _ -> {}, damage -> {
                    throw new AssertionError(damage);
                })
                .getPoints();
    }
}
