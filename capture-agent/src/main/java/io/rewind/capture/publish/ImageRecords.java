package io.rewind.capture.publish;

import io.rewind.event.ProcessImage;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CRIU's image files as records. */
final class ImageRecords {
    private ImageRecords() {}

    static void send(PointPublisher.Sequence sequence, String timeline, String point, List<Path> images)
            throws IOException {
        for (Path image : images) {
            byte[] bytes = Files.readAllBytes(image);
            ByteBuffer digest = digest(bytes);
            String name = String.valueOf(image.getFileName());
            int at = 0;
            do {
                int from = at;
                int length = Math.min(Wire.MAX_CONTENT, bytes.length - at);
                sequence.send(number -> new ProcessImage(
                        timeline,
                        point,
                        number,
                        name,
                        (long) bytes.length,
                        (long) from,
                        ByteBuffer.wrap(bytes, from, length),
                        digest.duplicate()));
                at += length;
            } while (at < bytes.length);
        }
    }

    /** Over the blocks that are not zero, as for files. */
    private static ByteBuffer digest(byte[] bytes) {
        BlockDigest sum = BlockDigest.EMPTY;
        for (int at = 0; at < bytes.length; at += Block.SIZE) {
            int length = Math.min(Block.SIZE, bytes.length - at);
            if (!Block.isZero(bytes, at, length)) {
                sum = sum.plus(BlockDigest.of(at / Block.SIZE, bytes, at, length));
            }
        }
        return sum.toBytes();
    }
}
