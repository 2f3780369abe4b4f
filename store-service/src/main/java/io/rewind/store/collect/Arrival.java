package io.rewind.store.collect;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.database.Family;
import io.rewind.store.database.View;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A chunk that came, as a key.
 *
 * <pre>
 *   u64be  milliseconds since 1970
 *   16     the chunk
 * </pre>
 */
public record Arrival(Instant at, ChunkId chunk) {
    static byte[] key(Instant at, ChunkId chunk) {
        return ByteBuffer.allocate(Long.BYTES + ChunkId.BYTES)
                .putLong(at.toEpochMilli())
                .put(chunk.toBytes())
                .array();
    }

    static Arrival read(byte[] key) {
        ByteBuffer in = ByteBuffer.wrap(key);
        return new Arrival(Instant.ofEpochMilli(in.getLong()), ChunkId.read(in.slice()));
    }

    /** When the first came of those that have not been looked through since. */
    public static Optional<Instant> oldest(View view) {
        AtomicReference<Optional<Instant>> first = new AtomicReference<>(Optional.empty());
        view.scan(Family.ARRIVALS, new byte[0], (key, _) -> {
            first.set(Optional.of(read(key).at));
            return false;
        });
        return first.get();
    }
}
