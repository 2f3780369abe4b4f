package io.rewind.store.chunk;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Family;
import io.rewind.store.database.View;
import java.util.Optional;

/** Bodies in the partition's own database, in blob files: put and deleted with the batch. */
public final class RocksChunkBodies implements ChunkBodies {
    @Override
    public void put(ChunkId id, byte[] sealed, Commit batch) {
        batch.put(Family.BODIES, id.toBytes(), sealed);
    }

    @Override
    public Optional<byte[]> get(ChunkId id, View view) {
        return view.get(Family.BODIES, id.toBytes());
    }

    @Override
    public boolean contains(ChunkId id, View view) {
        return view.has(Family.BODIES, id.toBytes());
    }

    @Override
    public void delete(ChunkId id, Commit batch) {
        batch.delete(Family.BODIES, id.toBytes());
    }
}
