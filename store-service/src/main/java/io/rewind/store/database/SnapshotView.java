package io.rewind.store.database;

/** The database as it was when this was taken. Must be closed; the database waits for it. For one thread at a time. */
public interface SnapshotView extends View, AutoCloseable {
    /** @throws io.rewind.runtime.fault.Fault STORE_CLOSING when reading must end now */
    void check();

    @Override
    void close();
}
