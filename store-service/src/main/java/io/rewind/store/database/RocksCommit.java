package io.rewind.store.database;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A batch of RocksDB's own. */
final class RocksCommit implements Commit {
    private final RocksDatabase database;
    private final WriteBatch batch = new WriteBatch();

    RocksCommit(RocksDatabase database) {
        this.database = database;
    }

    @Override
    public void put(Family family, byte[] key, byte[] value) {
        try {
            batch.put(database.handle(family), key, value);
        } catch (RocksDBException e) {
            throw RocksDatabase.fault(e);
        }
    }

    @Override
    public void delete(Family family, byte[] key) {
        try {
            batch.delete(database.handle(family), key);
        } catch (RocksDBException e) {
            throw RocksDatabase.fault(e);
        }
    }

    @Override
    public void write() {
        database.write(batch);
    }

    @Override
    public void close() {
        batch.close();
    }
}
