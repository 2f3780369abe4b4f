package io.rewind.schemas.client;

import io.rewind.event.StreamChange;
import io.rewind.schemas.id.ChunkId;
import java.util.List;
import java.util.Set;

/**
 * A stretch of one stream of a point. A stream with many runs goes on in the parts that follow, which repeat its kind,
 * tree, name, meta, size and digest.
 *
 * @param change its runs count into {@code chunks}; -1 is zero
 * @param patches those of the chunks that hold patches instead of whole blocks
 */
public record StreamPart(StreamChange change, List<ChunkId> chunks, Set<ChunkId> patches) {
    public StreamPart {
        chunks = List.copyOf(chunks);
        patches = Set.copyOf(patches);
    }
}
