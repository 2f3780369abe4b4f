package io.rewind.restore.points;

import io.rewind.event.PointCommitted;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Points and their content. Reads only; every call may be repeated. Each throws a {@link
 * io.rewind.runtime.fault.Fault}: RETRYABLE when the store cannot be reached, REJECTED for what it does not have.
 */
public interface PointSource extends AutoCloseable {
    /** Timelines whose id, container id or container name is this; newest capture first. */
    List<ContainerTimeline> timelines(String container);

    /** All points, oldest first; empty also when the timeline is unknown. */
    List<PointCommitted> points(TimelineId timeline);

    /** Empty when the timeline does not have it. */
    Optional<StoredPoint> point(TimelineId timeline, PointId point);

    /**
     * Pages of memory, by their space, that may lie elsewhere for one point than for the other. Of all others both have
     * the same content, or nothing.
     */
    Map<String, PageRanges> unlike(TimelineId timeline, PointId point, PointId other);

    /** Hands over each chunk once, opened and proved, in any order, as it arrives. */
    void chunks(TimelineId timeline, List<ChunkId> ids, Consumer<OpenedChunk> taker);

    /**
     * The same, but not proved: the digests of the point's streams have to do that. What comes of a chunk may have no other blocks
     * than those that are wanted.
     *
     * @param wanted of each chunk; an empty set stands for all blocks
     */
    default void blocks(TimelineId timeline, Map<ChunkId, BitSet> wanted, Consumer<OpenedChunk> taker) {
        chunks(timeline, List.copyOf(wanted.keySet()), taker);
    }

    /** All chunks of patches that some chunks of patches lie over, however deep. */
    Set<ChunkId> patchesBelow(TimelineId timeline, Set<ChunkId> patches);

    @Override
    void close();
}
