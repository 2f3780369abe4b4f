package io.rewind.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.rewind.store.database.DatabaseMemory;
import io.rewind.store.encryption.KeySource;
import io.rewind.store.encryption.Keys;
import io.rewind.store.encryption.StoreLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * I3 to I6 in many worlds. A failure names its seed; {@code ./rewind test simulation --from SEED --seeds 1} is that world
 * again, with a larger number of seeds it is a longer run.
 */
class SimulationTest {
    private static final long FROM = Long.getLong("rewind.simulation.from", 1);
    private static final int SEEDS = Integer.getInteger("rewind.simulation.seeds", 2000);
    private static final int STEPS = 70;
    /** One in so many worlds also lives on disks that take longer. */
    private static final int SHARE = 100;

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.rewind");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int captured;
    private long committed;
    private long gaps;
    private int deaths;

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @Test
    void I3_I4_I5_I6_pointsAreWholeOrSaidToBeMissing() {
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            // With several stores a point may be announced by each: those worlds are fewer.
            live(seed, seed % 5 != 0, MemoryDisk::new);
        }
        report("in memory", SEEDS);
    }

    @Test
    void I3_I4_I5_I6_likewiseOnARealDatabase() {
        int seeds = Math.max(1, SEEDS / SHARE);
        try (DatabaseMemory memory = new DatabaseMemory(8 << 20, 8 << 20)) {
            for (long seed = FROM; seed < FROM + seeds; seed++) {
                Path base = folder.resolve("seed-" + seed);
                int[] disks = {0};
                live(seed, true, (_, _) -> new RocksDisk(base.resolve("disk-" + disks[0]++), memory));
            }
        }
        report("in RocksDB", seeds);
    }

    @Test
    void I3_I4_I5_I6_likewiseEncrypted() throws IOException {
        int seeds = Math.max(1, SEEDS / SHARE);
        KeySource keys = new KeySource.File(Files.writeString(folder.resolve("keys"), Keys.A));
        StoreLock lock = StoreLock.open(folder.resolve("store"), keys);
        for (long seed = FROM; seed < FROM + seeds; seed++) {
            live(seed, true, (chance, fuse) -> new EncryptedDisk(new MemoryDisk(chance, fuse), lock));
        }
        report("encrypted", seeds);
    }

    @Test
    void aSeedIsOneHistory() {
        assertThat(told(FROM)).isEqualTo(told(FROM)).isNotEqualTo(told(FROM + 1));
    }

    private String told(long seed) {
        try (World world = new World(seed, folder, true, MemoryDisk::new)) {
            world.run(STEPS);
            world.end();
            return world.told() + world.oracle().committed() + " "
                    + world.oracle().gaps();
        }
    }

    private void live(long seed, boolean oneStore, BiFunction<Chance, Fuse, Disk> disk) {
        try (World world = new World(seed, folder, oneStore, disk)) {
            try {
                world.run(STEPS);
                world.end();
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + " (./rewind test simulation --from " + seed + " --seeds 1): " + e.getMessage()
                                + "\n" + world.told(),
                        e);
            }
            captured += world.oracle().captured();
            committed += world.oracle().committed();
            gaps += world.oracle().gaps();
            deaths += world.deaths();
        }
    }

    private void report(String where, int seeds) {
        System.out.println("simulation: seeds " + FROM + " to " + (FROM + seeds - 1) + " " + where + ": " + captured
                + " points captured, " + committed + " announced, " + gaps + " gaps, " + deaths + " processes died");
        // A world in which nothing happens proves nothing.
        if (seeds > 1) {
            assertThat(committed).isGreaterThan(seeds);
            assertThat(gaps).isPositive();
            assertThat(deaths).isPositive();
        }
    }
}
