package io.rewind.store.ingest;

import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** How far the partition's topic has had its effect: kept in the same batches as the effect. Never goes back. */
final class Progress {
    private static final byte[] KEY = "taken".getBytes(StandardCharsets.US_ASCII);
    private static final long NONE = -1;

    private final Database database;
    private long stored;
    private long taken;

    Progress(Database database) {
        this.database = database;
        this.stored = database.get(Family.META, KEY)
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(NONE);
        this.taken = stored;
    }

    /** The record's effect is in the batch. Nothing is taken until that is {@link #written}. */
    void take(long offset, Commit batch) {
        long reached = Math.max(taken, offset);
        if (reached > stored) {
            batch.put(
                    Family.META,
                    KEY,
                    ByteBuffer.allocate(Long.BYTES).putLong(reached).array());
        }
    }

    /** The batch given to {@link #take} has been written. */
    void written(long offset) {
        pass(offset);
        stored = taken;
    }

    /** The record has no effect. */
    void pass(long offset) {
        taken = Math.max(taken, offset);
    }

    /** Writes what was only passed. @return whether there was something to write */
    boolean catchUp() {
        if (taken == stored) {
            return false;
        }
        try (Commit batch = database.begin()) {
            take(taken, batch);
            batch.write();
        }
        written(taken);
        return true;
    }

    /** The offset of the record to be taken next; empty: none was ever taken. */
    OptionalLong next() {
        return stored == NONE ? OptionalLong.empty() : OptionalLong.of(stored + 1);
    }
}
