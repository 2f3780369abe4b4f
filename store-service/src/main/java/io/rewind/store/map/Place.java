package io.rewind.store.map;

import io.rewind.schemas.id.ChunkId;

/** Where one block lies. */
sealed interface Place {
    /** Nothing is stored for the block. */
    enum Empty implements Place {
        /** Never sent, or gone. In a file it reads as zeros. */
        ABSENT,
        /** Sent, and all zero. */
        ZERO
    }

    /** Block number {@code at} of a chunk. */
    record In(ChunkId chunk, int at) implements Place {}

    /** Where the block {@code distance} further lies, were they stored side by side. */
    default Place next(int distance) {
        return this instanceof In(ChunkId chunk, int at) ? new In(chunk, at + distance) : this;
    }
}
