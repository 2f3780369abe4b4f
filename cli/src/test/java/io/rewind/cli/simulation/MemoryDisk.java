package io.rewind.cli.simulation;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.database.Database;
import io.rewind.store.database.MemoryDatabase;
import io.rewind.store.fault.StoreFault;

/** A disk that loses what was not synced, and is full now and then. */
final class MemoryDisk implements Disk {
    private static final int SELDOM = 150;

    private final Chance chance;
    private final MemoryDatabase database;

    MemoryDisk(Chance chance, Fuse fuse) {
        this.chance = chance;
        this.database = new MemoryDatabase(() -> {
            fuse.burn();
            if (chance.mishap(SELDOM)) {
                throw new Fault(StoreFault.STORE_FULL, Severity.RETRYABLE, "no room on purpose");
            }
        });
    }

    @Override
    public Database open() {
        return database;
    }

    @Override
    public Database current() {
        return database;
    }

    @Override
    public void losePower() {
        database.losePower(chance.below(database.unsynced() + 1));
    }

    @Override
    public boolean isSynced() {
        return database.unsynced() == 0;
    }

    @Override
    public void close() {}
}
