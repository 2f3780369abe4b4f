package io.rewind.store.database;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

class RocksDatabaseTest extends DatabaseContract {
    private final DatabaseMemory memory = new DatabaseMemory(8 << 20, 8 << 20);

    @Override
    protected Database open(Path folder) {
        return Database.open(folder, memory);
    }

    @AfterEach
    @Override
    void close() {
        super.close();
        memory.close();
    }
}
