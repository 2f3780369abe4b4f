package io.rewind.capture.publish;

import com.dynatrace.hash4j.hashing.Hashing;
import io.rewind.capture.point.CapturedPoint;
import io.rewind.capture.point.SpaceDelta;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.event.SpaceDigest;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.avro.specific.SpecificRecord;

/** Sends one point: opened, images, pages, files, sealed. One thread. */
public final class PointPublisher {
    private final EventPublisher publisher;

    public PointPublisher(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** The records between a point's first and its last, in the order they are sent. */
    static final class Sequence {
        private final EventPublisher publisher;
        private final String timeline;
        private int records;
        private long checksum;

        Sequence(EventPublisher publisher, String timeline) {
            this.publisher = publisher;
            this.timeline = timeline;
        }

        /** Sends what {@code record} makes of the record's place in the sequence. */
        void send(IntFunction<SpecificRecord> record) {
            byte[] value = Wire.encode(record.apply(records));
            checksum += Hashing.xxh3_64().hashBytesToLong(value);
            records++;
            publisher.sendEncoded(Topics.CAPTURE, timeline, value);
        }
    }

    /**
     * Returns when every record has arrived.
     *
     * @throws io.rewind.runtime.fault.Fault RETRYABLE PUBLISH_FAILED: some may have, the point is not sealed or lost
     */
    public void publish(CapturedPoint point) throws IOException {
        String timeline = point.header().getTimeline();
        String id = point.header().getPoint();
        publisher.send(
                Topics.CAPTURE, timeline, new PointOpened(point.header(), StandardCharsets.UTF_8.encode(point.spec())));
        Sequence sequence = new Sequence(publisher, timeline);
        ImageRecords.send(sequence, timeline, id, point.images());
        for (SpaceDelta space : point.spaces()) {
            PageRecords.send(sequence, timeline, id, space, point.staging());
        }
        point.trees()
                .forEach((name, tree) -> new TreeRecords(sequence, timeline, id, name, point.staging()).send(tree));
        // The seal follows only what has arrived: a broken sequence never looks whole.
        publisher.flush();
        List<SpaceDigest> digests = point.spaces().stream()
                .filter(space -> space.after().size() > 0)
                .map(space -> new SpaceDigest(
                        space.name(),
                        (long) space.after().size(),
                        space.after().digest().toBytes()))
                .toList();
        publisher.send(
                Topics.CAPTURE, timeline, new PointSealed(timeline, id, sequence.records, sequence.checksum, digests));
        publisher.flush();
    }
}
