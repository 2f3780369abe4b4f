package io.rewind.encoder.point;

import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.event.CaptureGap;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.Rebase;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.log.LogSubject;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a point is lost (I6): a gap where the point would have been, and a request for a full one. */
final class Notices {
    private static final Logger log = LoggerFactory.getLogger(Notices.class);
    /** Whatever a record brought, its gap fits a record. */
    private static final int MAX_TEXT = 512;

    private static final int TIMELINES = 1024;

    private final EventPublisher publisher;
    private final EncoderMetrics metrics;
    private final Recent<String, Origin> origins = new Recent<>(TIMELINES);

    /** What a timeline's last header said. */
    private record Origin(String host, String container, String name) {}

    Notices(EventPublisher publisher, EncoderMetrics metrics) {
        this.publisher = publisher;
        this.metrics = metrics;
    }

    /** Remembers where a timeline lives. */
    void seen(PointHeader header) {
        origins.put(
                header.getTimeline(),
                new Origin(cut(header.getHost()), cut(header.getContainer()), cut(header.getName())));
    }

    /** Whether a point of this timeline was opened here, not too long ago. */
    boolean knows(String timeline) {
        return origins.containsKey(timeline);
    }

    void lost(PointHeader header, Fault why) {
        seen(header);
        lost(header.getTimeline(), header.getPoint(), header.getCaptured(), cut(header.getTrigger()), why);
        rebase(header.getTimeline(), why);
    }

    /** The next point began; when that one is full, nothing needs to be asked for. */
    void abandoned(PointHeader header, PointHeader next, Fault why) {
        lost(header.getTimeline(), header.getPoint(), header.getCaptured(), cut(header.getTrigger()), why);
        if (next.getKind() != PointKind.FULL) {
            rebase(header.getTimeline(), why);
        }
    }

    /** Of a point whose header never came. */
    void lost(String timeline, String point, Instant noticed, Fault why) {
        lost(timeline, point, noticed, "", why);
        rebase(timeline, why);
    }

    private void lost(String timeline, String point, Instant due, String trigger, Fault why) {
        try (LogSubject _ = LogSubject.point(timeline, point)) {
            log.warn("point {} of {} given up: {}", point, timeline, why.sentence());
        }
        metrics.broken(why.code().name());
        Origin origin = origins.getOrDefault(timeline, new Origin("", "", ""));
        publisher.send(
                Topics.CHUNKS,
                timeline,
                new CaptureGap(
                        timeline,
                        origin.host(),
                        origin.container(),
                        origin.name(),
                        due,
                        trigger,
                        why.code().name(),
                        cut("point " + point + ": " + why.sentence()),
                        ""));
    }

    private void rebase(String timeline, Fault why) {
        publisher.send(Topics.CONTROL, "rebase/" + timeline, new Rebase(timeline, cut(why.sentence()), Instant.now()));
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
}
