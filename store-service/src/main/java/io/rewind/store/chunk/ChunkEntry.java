package io.rewind.store.chunk;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Family;
import io.rewind.store.database.View;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the index says about a chunk that exists; sizes in bytes.
 *
 * <pre>
 *   u32be blocks
 *   u32be raw size: of the opened body
 *   u32be stored size: of the sealed body
 * </pre>
 */
public record ChunkEntry(int blocks, int rawSize, int storedSize) {
    private static final int BYTES = 12;

    public static Optional<ChunkEntry> find(ChunkId id, View view) {
        return view.get(Family.CHUNKS, id.toBytes()).map(bytes -> {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new ChunkEntry(in.getInt(), in.getInt(), in.getInt());
        });
    }

    public void put(ChunkId id, Commit batch) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putInt(blocks)
                .putInt(rawSize)
                .putInt(storedSize)
                .array();
        batch.put(Family.CHUNKS, id.toBytes(), bytes);
    }

    /** Bytes on disk, key and index entry included. */
    public long diskBytes() {
        return storedSize + 2L * ChunkId.BYTES + BYTES;
    }
}
