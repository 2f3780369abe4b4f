package io.rewind.encoder.map;

import io.rewind.schemas.id.ChunkId;

/** Block or patch number {@code at} of a chunk. */
public record BlockPlace(ChunkId chunk, int at) {}
