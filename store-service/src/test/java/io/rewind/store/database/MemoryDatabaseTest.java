package io.rewind.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryDatabaseTest extends DatabaseContract {
    private final MemoryDatabase disk = new MemoryDatabase(() -> {});

    @Override
    protected Database open(Path folder) {
        return disk;
    }

    @Test
    void aPowerCutTakesUnsyncedBatchesFromTheEnd() {
        write(1);
        disk.sync();
        write(2);
        write(3);
        write(4);
        disk.losePower(1);
        assertThat(disk.get(Family.META, new byte[0])).hasValue(new byte[] {2});
        disk.losePower(0);
        assertThat(disk.get(Family.META, new byte[0])).hasValue(new byte[] {1});
    }

    private void write(int value) {
        try (Commit batch = disk.begin()) {
            batch.put(Family.META, new byte[0], new byte[] {(byte) value});
            batch.write();
        }
    }
}
