package io.rewind.cli.simulation;

import io.rewind.store.database.Database;

/** What a store writes on. */
interface Disk extends AutoCloseable {
    /** For a process just started, and after the last one is gone. */
    Database open();

    /** To look at. */
    Database current();

    /** The machine fails. */
    void losePower();

    /** Whether everything written would survive that. */
    boolean isSynced();

    @Override
    void close();
}
