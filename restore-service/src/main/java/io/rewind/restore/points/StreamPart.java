package io.rewind.restore.points;

import io.rewind.event.BlockRun;
import io.rewind.event.StreamChange;
import io.rewind.restore.code.RestoreCode;
import io.rewind.schemas.id.ChunkId;
import java.util.List;
import java.util.Set;

/**
 * A stretch of a stream; one with many runs goes on in the next part.
 *
 * @param chunks what the runs of the change refer to, by place
 * @param patches those of the chunks that hold patches instead of whole blocks
 */
public record StreamPart(StreamChange change, List<ChunkId> chunks, Set<ChunkId> patches) {
    public StreamPart {
        chunks = List.copyOf(chunks);
        patches = Set.copyOf(patches);
    }

    /**
     * What a run with content refers to.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_DAMAGED
     */
    public ChunkId chunkOf(BlockRun run) {
        if (run.getCount() < 1 || run.getAt() < 0 || run.getChunk() < 0 || run.getChunk() >= chunks.size()) {
            throw RestoreCode.POINT_DAMAGED.because("The point's description is damaged: blocks come from no chunk.");
        }
        return chunks.get(run.getChunk());
    }
}
