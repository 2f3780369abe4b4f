package io.rewind.restore.plan;

import io.rewind.event.PointHeader;
import io.rewind.schemas.id.ChunkId;
import java.util.List;
import java.util.Set;

/**
 * A point, checked and ready to be fetched.
 *
 * @param spec the engine's description of the captured container, JSON; not to be written to
 * @param streams parents before children
 * @param patches those of the chunks that hold patches
 * @param volumes volumes that the point has content of, which is not restored
 * @param bytes of all memory, images and files, holes included
 */
@SuppressWarnings("ArrayRecordComponent")
public record PointPlan(
        PointHeader header,
        byte[] spec,
        List<PlannedStream> streams,
        Placements placements,
        List<ChunkId> chunks,
        Set<ChunkId> patches,
        long volumes,
        long bytes) {
    public PointPlan {
        streams = List.copyOf(streams);
        chunks = List.copyOf(chunks);
        patches = Set.copyOf(patches);
    }
}
