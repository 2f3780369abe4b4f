package io.rewind.store.chunk;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Family;
import io.rewind.store.database.View;
import io.rewind.store.fault.StoreFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the index says about a chunk that exists; sizes in bytes. Whatever keeps a chunk has to keep its sources.
 *
 * <pre>
 *   u32be blocks
 *   u32be raw size: of the opened body
 *   u32be stored size: of the sealed body
 *   bytes ids of its sources, 16 each; none: it holds whole blocks, otherwise patches
 * </pre>
 */
public record ChunkEntry(int blocks, int rawSize, int storedSize, List<ChunkId> sources) {
    private static final int HEAD = 12;

    public ChunkEntry {
        sources = List.copyOf(sources);
    }

    public static Optional<ChunkEntry> find(ChunkId id, View view) {
        return view.get(Family.CHUNKS, id.toBytes()).map(ChunkEntry::decode);
    }

    /** @throws io.rewind.runtime.fault.Fault REJECTED CHUNK_MISSING */
    public static ChunkEntry require(ChunkId id, View view) {
        return find(id, view).orElseThrow(() -> StoreFault.CHUNK_MISSING.rejected("chunk " + id + " is not here"));
    }

    public static ChunkEntry decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int blocks = in.getInt();
        int rawSize = in.getInt();
        int storedSize = in.getInt();
        List<ChunkId> sources = new ArrayList<>();
        while (in.remaining() >= ChunkId.BYTES) {
            sources.add(new ChunkId(in.getLong(), in.getLong()));
        }
        return new ChunkEntry(blocks, rawSize, storedSize, sources);
    }

    public void put(ChunkId id, Commit batch) {
        ByteBuffer out = ByteBuffer.allocate(HEAD + sources.size() * ChunkId.BYTES)
                .putInt(blocks)
                .putInt(rawSize)
                .putInt(storedSize);
        sources.forEach(source -> out.put(source.toBytes()));
        batch.put(Family.CHUNKS, id.toBytes(), out.array());
    }

    public boolean holdsPatches() {
        return !sources.isEmpty();
    }

    /** Bytes on disk, key and index entry included. */
    public long diskBytes() {
        return storedSize + (2L + sources.size()) * ChunkId.BYTES + HEAD;
    }
}
