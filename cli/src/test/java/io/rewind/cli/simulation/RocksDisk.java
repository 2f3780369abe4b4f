package io.rewind.cli.simulation;

import io.rewind.store.database.Database;
import io.rewind.store.database.DatabaseMemory;
import java.nio.file.Path;
import java.util.Optional;

/** The real database; its power never fails. */
final class RocksDisk implements Disk {
    private final Path folder;
    private final DatabaseMemory memory;
    private Optional<Database> opened = Optional.empty();

    RocksDisk(Path folder, DatabaseMemory memory) {
        this.folder = folder;
        this.memory = memory;
    }

    @Override
    public Database open() {
        close();
        Database database = Database.open(folder, memory);
        opened = Optional.of(database);
        return database;
    }

    @Override
    public Database current() {
        return opened.orElseGet(this::open);
    }

    @Override
    public void losePower() {}

    @Override
    public boolean isSynced() {
        return true;
    }

    @Override
    public void close() {
        opened.ifPresent(Database::close);
        opened = Optional.empty();
    }
}
