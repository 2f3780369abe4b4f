package io.rewind.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.DatabaseMemory;
import io.rewind.store.database.SnapshotView;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every place for chunk bodies must do. */
abstract class ChunkBodiesContract {
    private static final ChunkId ID = new ChunkId(1, 2);
    private static final ChunkId OTHER = new ChunkId(1, 3);
    private static final byte[] BODY = bytes(100_000);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final DatabaseMemory memory = new DatabaseMemory(8 << 20, 8 << 20);

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private ChunkBodies bodies;

    /** @param folder for what the implementation keeps beside the database */
    abstract ChunkBodies open(Path folder);

    @BeforeEach
    void openAll() {
        database = Database.open(folder.resolve("db"), memory);
        bodies = open(folder);
    }

    @AfterEach
    void closeAll() {
        database.close();
        memory.close();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private void commit(Consumer<Commit> work) {
        try (Commit batch = database.begin()) {
            work.accept(batch);
            batch.write();
        }
    }

    @Test
    void givesBackWhatWasPut() {
        commit(batch -> bodies.put(ID, BODY, batch));
        assertThat(bodies.contains(ID, database)).isTrue();
        assertThat(bodies.get(ID, database)).hasValue(BODY);
        assertThat(bodies.contains(OTHER, database)).isFalse();
        assertThat(bodies.get(OTHER, database)).isEmpty();
    }

    @Test
    void I3_aBodyIsThereAsSoonAsItsBatchIs() {
        commit(batch -> bodies.put(ID, BODY, batch));
        database.sync();
        database.close();
        database = Database.open(folder.resolve("db"), memory);
        bodies = open(folder);
        assertThat(bodies.get(ID, database)).hasValue(BODY);
    }

    @Test
    void I4_repeatingAPutOrADeleteChangesNothing() {
        commit(batch -> bodies.put(ID, BODY, batch));
        commit(batch -> bodies.put(ID, BODY, batch));
        assertThat(bodies.get(ID, database)).hasValue(BODY);
        commit(batch -> bodies.delete(ID, batch));
        commit(batch -> bodies.delete(ID, batch));
        assertThat(bodies.contains(ID, database)).isFalse();
    }

    @Test
    void anOpenViewStillReadsWhatIsDeleted() {
        commit(batch -> bodies.put(ID, BODY, batch));
        try (SnapshotView view = database.snapshot()) {
            commit(batch -> bodies.delete(ID, batch));
            assertThat(bodies.get(ID, view)).hasValue(BODY);
        }
        assertThat(bodies.get(ID, database)).isEmpty();
    }
}
