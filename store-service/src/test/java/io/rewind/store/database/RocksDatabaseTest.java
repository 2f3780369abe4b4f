package io.rewind.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.fault.StoreFault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDatabaseTest extends DatabaseContract {
    private final DatabaseMemory memory = new DatabaseMemory(8 << 20, 8 << 20);

    @Override
    protected Database open(Path folder) {
        return Database.open(folder, memory);
    }

    @Test
    void whatAnotherHasOpenCanBeOpenedOnceItIsClosed(@TempDir Path folder) {
        Path shared = folder.resolve("partition-3");
        try (Database _ = open(shared)) {
            assertThatThrownBy(() -> open(shared)).isInstanceOfSatisfying(Fault.class, fault -> {
                assertThat(fault.code()).isEqualTo(StoreFault.PARTITION_BUSY);
                assertThat(fault.severity()).isEqualTo(Severity.RETRYABLE);
            });
        }
        open(shared).close();
    }

    @AfterEach
    @Override
    void close() {
        super.close();
        memory.close();
    }
}
