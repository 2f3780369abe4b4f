package io.rewind.encoder.content;

import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;

/**
 * A chunk ready to be sent, before another one is sealed.
 *
 * @param rawSize bytes of the opened body
 * @param body one zstd frame
 */
public record SealedChunk(ChunkId id, int blocks, int rawSize, ByteBuffer body) {}
