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
 * @param trees the file trees it has: "" is what the container changed of its image, the others are volumes, by their
 *     places in the container
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
        Set<String> trees,
        long bytes) {
    public PointPlan {
        streams = List.copyOf(streams);
        chunks = List.copyOf(chunks);
        patches = Set.copyOf(patches);
        trees = Set.copyOf(trees);
    }
}
