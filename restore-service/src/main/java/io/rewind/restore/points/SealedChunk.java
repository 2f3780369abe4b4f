package io.rewind.restore.points;

import io.rewind.schemas.id.ChunkId;

/**
 * A chunk as it is stored.
 *
 * @param rawSize bytes once opened
 * @param body one zstd frame; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealedChunk(ChunkId id, int blocks, int rawSize, byte[] body) {}
