package io.rewind.encoder.content;

import io.rewind.schemas.id.ChunkId;

/** Block number {@code at} of a chunk. */
record BlockPlace(ChunkId chunk, int at) {}
