package io.rewind.store.database;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Writes that become visible and durable together or not at all. For one thread; nothing happens before it is written. */
public final class Commit implements AutoCloseable {
    private final Database database;
    private final WriteBatch batch = new WriteBatch();

    Commit(Database database) {
        this.database = database;
    }

    public void put(Family family, byte[] key, byte[] value) {
        try {
            batch.put(database.handle(family), key, value);
        } catch (RocksDBException e) {
            throw Database.fault(e);
        }
    }

    public void delete(Family family, byte[] key) {
        try {
            batch.delete(database.handle(family), key);
        } catch (RocksDBException e) {
            throw Database.fault(e);
        }
    }

    /** Survives a crash of the process; of the machine only after {@link Database#sync()}. */
    public void write() {
        database.write(batch);
    }

    @Override
    public void close() {
        batch.close();
    }
}
