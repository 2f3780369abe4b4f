package io.rewind.store.database;

import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** A snapshot of RocksDB's own. */
final class RocksSnapshot implements SnapshotView {
    private final RocksDatabase database;
    private final Readers readers;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private boolean closed;

    RocksSnapshot(RocksDatabase database, Readers readers) {
        this.database = database;
        this.readers = readers;
        readers.enter();
        this.snapshot = database.rocks().getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot).setVerifyChecksums(true);
    }

    @Override
    public Optional<byte[]> get(Family family, byte[] key) {
        readers.check();
        return database.get(family, key, options);
    }

    @Override
    public void scan(Family family, byte[] prefix, Visitor visitor) {
        database.scan(family, prefix, options, (key, value) -> {
            readers.check();
            return visitor.visit(key, value);
        });
    }

    @Override
    public void check() {
        readers.check();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            options.close();
            database.rocks().releaseSnapshot(snapshot);
            readers.leave();
        }
    }
}
