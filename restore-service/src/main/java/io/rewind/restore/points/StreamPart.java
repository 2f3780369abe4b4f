package io.rewind.restore.points;

import io.rewind.event.StreamChange;
import io.rewind.schemas.id.ChunkId;
import java.util.List;

/**
 * A stretch of a stream; one with many runs goes on in the next part.
 *
 * @param chunks what the runs of the change refer to, by place
 */
public record StreamPart(StreamChange change, List<ChunkId> chunks) {
    public StreamPart {
        chunks = List.copyOf(chunks);
    }
}
