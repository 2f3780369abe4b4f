package io.rewind.restore.plan;

import io.rewind.event.FileMeta;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One checked stream of a point.
 *
 * @param tree of an entry: "" for what the container changed of its image, otherwise the volume, by its place in the
 *     container; "" for all else
 * @param name of an image or space as text, or a path as its bytes; not to be written to
 * @param size MEMORY: pages. Otherwise bytes
 * @param digest of the blocks, for an entry of those that are not zero
 */
@SuppressWarnings("ArrayRecordComponent")
public record PlannedStream(
        StreamKind kind, String tree, byte[] name, Optional<FileMeta> meta, long size, BlockDigest digest) {
    /** The name of an image or space. */
    public String text() {
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Whether it is an entry of a file tree. */
    public boolean isEntry() {
        return kind == StreamKind.UPPER || kind == StreamKind.VOLUME;
    }

    /** Blocks it can have. */
    long blocks() {
        return kind == StreamKind.MEMORY ? size : Block.count(size);
    }
}
