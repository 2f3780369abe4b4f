package io.rewind.encoder.point;

import io.rewind.encoder.map.MapParts;
import io.rewind.encoder.map.PointFault;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.event.PointHeader;
import io.rewind.event.PointOpened;
import io.rewind.event.PointRecord;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.util.concurrent.ThreadLocalRandom;

/** Sends what ends a point, in the order that I3 asks for: chunks are on their way, then parts, then the point. */
final class FinishedPoints {
    private final EventPublisher publisher;
    private final EncoderMetrics metrics;

    FinishedPoints(EventPublisher publisher, EncoderMetrics metrics) {
        this.publisher = publisher;
        this.metrics = metrics;
    }

    /** @throws Fault POINT_TOO_LARGE when the PointRecord it would become does not fit */
    static void checkFits(PointOpened opened) {
        try {
            Wire.encode(record(opened, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
        } catch (Fault fault) {
            throw PointFault.POINT_TOO_LARGE.because(fault.sentence());
        }
    }

    /**
     * The point goes out only when all it needs is safe: were a chunk lost on its way and the point not, the store
     * would reject what only has to be sent again.
     *
     * @throws Fault RETRYABLE when something did not arrive
     */
    void send(OpenPoint point) {
        PointHeader header = point.header();
        long[] partBytes = {0};
        long encoding = ThreadLocalRandom.current().nextLong();
        int parts = MapParts.write(header.getTimeline(), header.getPoint(), encoding, point.map(), part -> {
            byte[] value = Wire.encode(part);
            partBytes[0] += value.length;
            publisher.sendEncoded(Topics.CHUNKS, header.getTimeline(), value);
        });
        publisher.flush();
        long before = point.content().chunkBytes() + partBytes[0];
        int own = Wire.encode(record(point.opened(), parts, before, encoding)).length;
        publisher.send(Topics.CHUNKS, header.getTimeline(), record(point.opened(), parts, before + own, encoding));
        metrics.encodedBytes(partBytes[0] + own);
        metrics.point();
    }

    private static PointRecord record(PointOpened opened, int parts, long encodedBytes, long encoding) {
        return new PointRecord(opened.getHeader(), opened.getSpec(), parts, encodedBytes, encoding);
    }
}
