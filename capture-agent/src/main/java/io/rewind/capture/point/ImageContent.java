package io.rewind.capture.point;

import io.rewind.criu.TmpfsImage;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * One of CRIU's images as it is published: what a tmpfs held without its compression, in which one changed byte changes
 * all that follow.
 *
 * @param size bytes of what is published
 * @param digest over its blocks that are not zero, as for files
 */
public record ImageContent(Path file, String name, long size, BlockDigest digest) {
    private static final int BUFFER = 64 * Block.SIZE;

    /** Reads it once. */
    public static ImageContent of(Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        BlockDigest digest = BlockDigest.EMPTY;
        long size = 0;
        try (InputStream content = TmpfsImage.unpacked(file)) {
            for (int got = content.readNBytes(buffer, 0, BUFFER);
                    got > 0;
                    got = content.readNBytes(buffer, 0, BUFFER)) {
                for (int at = 0; at < got; at += Block.SIZE) {
                    int length = Math.min(Block.SIZE, got - at);
                    if (!Block.isZero(buffer, at, length)) {
                        digest = digest.plus(BlockDigest.of((size + at) / Block.SIZE, buffer, at, length));
                    }
                }
                size += got;
            }
        }
        return new ImageContent(file, String.valueOf(file.getFileName()), size, digest);
    }

    public InputStream open() throws IOException {
        return TmpfsImage.unpacked(file);
    }
}
