package io.rewind.encoder.content;

import io.rewind.encoder.map.ChunkTable;

/** What one point under way has stored so far. Chunks never span points. For one thread. */
public final class PointContent {
    private final String timeline;
    private final ChunkTable chunks;
    final ChunkBuilder building = new ChunkBuilder();
    /** Place of the chunk under construction in the table; meaningless while that is empty. */
    int buildingIndex;
    /** Likewise of patches. */
    final PatchBuilder patching = new PatchBuilder();

    int patchingIndex;

    private long chunkBytes;

    public PointContent(String timeline, ChunkTable chunks) {
        this.timeline = timeline;
        this.chunks = chunks;
    }

    String timeline() {
        return timeline;
    }

    ChunkTable chunks() {
        return chunks;
    }

    void sent(SealedChunk chunk) {
        chunkBytes += chunk.body().remaining();
    }

    /** Bytes of chunk bodies sent for this point. */
    public long chunkBytes() {
        return chunkBytes;
    }
}
