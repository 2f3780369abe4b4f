package io.rewind.capture.publish;

import io.rewind.event.CaptureGap;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is missing (I6). While Kafka is away gaps wait here, the oldest {@value #KEPT} and the newest one; nothing
 * is said twice. One thread.
 */
public final class Gaps {
    static final int KEPT = 1_000;
    private static final Logger log = LoggerFactory.getLogger(Gaps.class);

    private final EventPublisher publisher;
    private final Deque<CaptureGap> waiting = new ArrayDeque<>();

    public Gaps(EventPublisher publisher) {
        this.publisher = publisher;
    }

    public void add(CaptureGap gap) {
        if (waiting.size() > KEPT) {
            waiting.removeLast();
        }
        waiting.add(gap);
    }

    /** Sends what waits; what does not arrive goes on waiting. */
    public void send() {
        if (waiting.isEmpty()) {
            return;
        }
        try {
            waiting.forEach(gap -> publisher.send(Topics.CAPTURE, gap.getTimeline(), gap));
            publisher.flush();
            waiting.clear();
        } catch (Fault e) {
            log.warn("{} gaps wait for Kafka: {}", waiting.size(), e.sentence());
        }
    }
}
