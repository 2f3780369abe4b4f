package io.rewind.restore.points;

import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;

/** A chunk whose body has been opened, and proved to be what its id says if all of it came. */
public record OpenedChunk(ChunkId id, ChunkBody body) {}
