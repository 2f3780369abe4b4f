package io.rewind.store.map;

import io.rewind.schemas.id.ChunkId;

/** Where one block lies. */
sealed interface Place {
    Place ABSENT = new Absent();
    Place ZERO = new Zero();

    /** Never sent, or gone. In a file it reads as zeros. */
    record Absent() implements Place {}

    record Zero() implements Place {}

    /** Block number {@code at} of a chunk. */
    record In(ChunkId chunk, int at) implements Place {}

    /** Where the block {@code distance} further lies, were they stored side by side. */
    default Place next(int distance) {
        return this instanceof In(ChunkId chunk, int at) ? new In(chunk, at + distance) : this;
    }
}
