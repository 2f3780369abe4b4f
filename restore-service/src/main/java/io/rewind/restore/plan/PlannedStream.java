package io.rewind.restore.plan;

import io.rewind.event.FileMeta;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.util.Optional;

/**
 * One checked stream of a point.
 *
 * @param name of an image or space as text, or a path as its bytes; not to be written to
 * @param size MEMORY: pages. IMAGE and UPPER: bytes
 * @param digest of the blocks, for UPPER of those that are not zero
 */
@SuppressWarnings("ArrayRecordComponent")
public record PlannedStream(StreamKind kind, byte[] name, Optional<FileMeta> meta, long size, BlockDigest digest) {
    /** Blocks it can have. */
    long blocks() {
        return kind == StreamKind.MEMORY ? size : Block.count(size);
    }
}
