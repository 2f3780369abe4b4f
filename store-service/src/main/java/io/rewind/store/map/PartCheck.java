package io.rewind.store.map;

import io.rewind.event.BlockRun;
import io.rewind.event.PointMapPart;
import io.rewind.event.StreamChange;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.fault.StoreFault;

/** Whether a map part makes sense by itself; whether its chunks exist is asked when the point is put together. */
public final class PartCheck {
    private static final int MOST_PARTS = 1 << 20;
    private static final long LAST_BLOCK = 1L << 52;
    static final int ZERO = -1;
    static final int GONE = -2;

    private PartCheck() {}

    /** @throws io.rewind.runtime.fault.Fault POINT_INVALID */
    public static void check(PointMapPart part) {
        require(part.getPart() >= 0 && part.getPart() < MOST_PARTS, "part number " + part.getPart());
        part.getChunks().forEach(ChunkId::read);
        for (StreamChange stream : part.getStreams()) {
            StreamKey key = StreamKey.of(stream);
            require(
                    stream.getRemoved() || !key.isFileTree() || stream.getMeta().isPresent(),
                    "a file without its description");
            require(stream.getSize() >= 0, "a size of " + stream.getSize());
            require(stream.getMeta().map(m -> m.getSize() >= 0).orElse(true), "a file of negative size");
            for (BlockRun run : stream.getRuns()) {
                require(
                        run.getFirst() >= 0 && run.getCount() > 0 && run.getFirst() + run.getCount() <= LAST_BLOCK,
                        "a run of " + run.getCount() + " blocks from " + run.getFirst());
                require(
                        run.getChunk() >= GONE
                                && run.getChunk() < part.getChunks().size()
                                && run.getAt() >= 0,
                        "a run in chunk " + run.getChunk());
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw StoreFault.POINT_INVALID.rejected("a map part has " + otherwise);
        }
    }
}
