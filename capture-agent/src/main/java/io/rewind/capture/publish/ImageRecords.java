package io.rewind.capture.publish;

import io.rewind.capture.point.ImageContent;
import io.rewind.event.ProcessImage;
import io.rewind.schemas.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** CRIU's image files as records. */
final class ImageRecords {
    private ImageRecords() {}

    static void send(PointPublisher.Sequence sequence, String timeline, String point, List<ImageContent> images)
            throws IOException {
        for (ImageContent image : images) {
            try (InputStream content = image.open()) {
                long at = 0;
                do {
                    long from = at;
                    byte[] piece = content.readNBytes(Wire.MAX_CONTENT);
                    sequence.send(number -> new ProcessImage(
                            timeline,
                            point,
                            number,
                            image.name(),
                            image.size(),
                            from,
                            ByteBuffer.wrap(piece),
                            image.digest().toBytes()));
                    at += piece.length;
                } while (at < image.size());
            }
        }
    }
}
