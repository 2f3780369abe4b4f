package io.rewind.cli.simulation;

import io.rewind.store.database.Database;
import io.rewind.store.encryption.StoreLock;

/** Another disk, encrypted. */
record EncryptedDisk(Disk hidden, StoreLock lock) implements Disk {
    @Override
    public Database open() {
        return lock.on(hidden.open(), "simulated");
    }

    @Override
    public Database current() {
        return lock.on(hidden.current(), "simulated");
    }

    @Override
    public void losePower() {
        hidden.losePower();
    }

    @Override
    public boolean isSynced() {
        return hidden.isSynced();
    }

    @Override
    public void close() {
        hidden.close();
    }
}
