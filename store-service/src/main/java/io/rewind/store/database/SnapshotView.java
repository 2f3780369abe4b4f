package io.rewind.store.database;

import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** The database as it was when this was taken. Must be closed; the database waits for it. For one thread at a time. */
public final class SnapshotView implements View, AutoCloseable {
    private final Database database;
    private final Readers readers;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private boolean closed;

    SnapshotView(Database database, Readers readers) {
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

    /** @throws io.rewind.runtime.fault.Fault STORE_CLOSING when reading must end now */
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
