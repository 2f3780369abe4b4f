package io.rewind.restore.look;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.util.Optional;

/** Blocks in order become content and holes; at its end each stream is proved to be what was captured (I7). */
final class OrderedPour {
    private static final byte[] ZEROS = new byte[Block.SIZE];
    /** An image of zeros is no bomb: what CRIU writes of this size has content. */
    private static final long LARGEST_IMAGE = 4L << 30;

    private final StreamSink sink;
    private Optional<StreamChange> current = Optional.empty();
    private long position;
    private BlockDigest digest = BlockDigest.EMPTY;

    OrderedPour(StreamSink sink) {
        this.sink = sink;
    }

    /** Bytes of content. */
    static long size(StreamChange stream) {
        long size = stream.getKind() == StreamKind.IMAGE
                ? stream.getSize()
                : file(stream).map(FileMeta::getSize).orElse(0L);
        if (size < 0 || (stream.getKind() == StreamKind.IMAGE && size > LARGEST_IMAGE)) {
            throw Contents.damaged(stream, "has a size of " + size + " bytes");
        }
        return size;
    }

    private static Optional<FileMeta> file(StreamChange stream) {
        return stream.getMeta().filter(meta -> meta.getType() == FileType.FILE);
    }

    void begin(StreamChange stream) {
        current = Optional.of(stream);
        position = 0;
        digest = BlockDigest.EMPTY;
        sink.begin(stream);
    }

    void put(long block, byte[] bytes, int offset, int length) {
        StreamChange stream = current.orElseThrow();
        long at = block * Block.SIZE;
        if (length != Math.min(Block.SIZE, size(stream) - at)) {
            throw Contents.damaged(stream, "has a block of " + length + " bytes");
        }
        holeUntil(at);
        if (isImage() || !Block.isZero(bytes, offset, length)) {
            digest = digest.plus(BlockDigest.of(block, bytes, offset, length));
        }
        sink.content(bytes, offset, length);
        position += length;
    }

    void end() {
        StreamChange stream = current.orElseThrow();
        holeUntil(size(stream));
        BlockDigest captured = isImage()
                ? BlockDigest.read(stream.getDigest())
                : file(stream).map(m -> BlockDigest.read(m.getDigest())).orElse(BlockDigest.EMPTY);
        if (!digest.equals(captured)) {
            throw Contents.damaged(stream, "is not what was captured");
        }
        sink.end();
    }

    /** Zero blocks count in the digest of an image, not in that of a file. */
    private void holeUntil(long end) {
        if (end == position) {
            return;
        }
        if (isImage()) {
            for (long at = position; at < end; at += Block.SIZE) {
                int length = (int) Math.min(Block.SIZE, end - at);
                digest = digest.plus(BlockDigest.of(at / Block.SIZE, ZEROS, 0, length));
            }
        }
        sink.hole(end - position);
        position = end;
    }

    private boolean isImage() {
        return current.orElseThrow().getKind() == StreamKind.IMAGE;
    }
}
