package io.rewind.store;

import io.rewind.store.announce.Outbox;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.collect.CollectSettings;
import io.rewind.store.database.Database;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.retention.KeepPolicy;
import io.rewind.store.upkeep.Upkeep;
import io.rewind.store.upkeep.UpkeepSettings;
import io.rewind.store.upkeep.Usage;
import java.time.Duration;
import java.time.InstantSource;

/** Upkeep for tests of something else: every point stays. */
public final class TestUpkeep {
    private static final UpkeepSettings SETTINGS = new UpkeepSettings(
            KeepPolicy.ALL,
            0,
            Duration.ofDays(1),
            0.3,
            new CollectSettings(Duration.ofHours(2), Long.MAX_VALUE, 1 << 20));

    private TestUpkeep() {}

    public static Upkeep of(Database database, Outbox outbox, StoreMetrics metrics) {
        return new Upkeep(
                0, database, new RocksChunkBodies(), outbox, SETTINGS, new Usage(), metrics, InstantSource.system());
    }
}
