package io.rewind.store.database;

import java.nio.file.Path;

/**
 * A partition's database. One thread writes; any thread reads through {@link #snapshot()}. Batches survive a crash in
 * the order they were written: what is lost, is lost from the end.
 */
public interface Database extends View, AutoCloseable {
    /**
     * Opens or creates one on disk; {@code folder}'s parents are created.
     *
     * @throws io.rewind.runtime.fault.Fault STORE_FAILED, STORE_DAMAGED, …
     */
    static Database open(Path folder, DatabaseMemory memory) {
        return RocksDatabase.open(folder, memory);
    }

    Commit begin();

    /** Everything written so far survives a crash of the machine once this returns. */
    void sync();

    /** @throws io.rewind.runtime.fault.Fault STORE_CLOSING */
    SnapshotView snapshot();

    /** Bytes of all files, blobs included, write-ahead log and unflushed writes not. */
    long diskBytes();

    /** Bytes of the files that bodies are in. */
    long bodyBytes();

    /**
     * Gives the space of deleted entries back to the file system; that of bodies where nothing is left of a file.
     * Reading and writing go on.
     *
     * @param rate bytes a second that are written at most
     * @throws io.rewind.runtime.fault.Fault STORE_CLOSING
     */
    void compact(Family family, long rate);

    /** Likewise of all bodies: writes those anew that are left. @throws io.rewind.runtime.fault.Fault STORE_CLOSING */
    void rewriteBodies(long rate);

    /** Waits for readers; they see STORE_CLOSING. Syncs nothing: what was not synced may be lost, as in a crash. */
    @Override
    void close();
}
