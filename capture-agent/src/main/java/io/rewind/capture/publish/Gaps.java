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
 * Says what is missing (I6). While Kafka is away gaps wait here, the oldest {@value #KEPT} and one for all that came
 * later; nothing is said twice. One thread.
 */
public final class Gaps {
    static final int KEPT = 1_000;
    private static final Logger log = LoggerFactory.getLogger(Gaps.class);

    private final EventPublisher publisher;
    private final Deque<CaptureGap> waiting = new ArrayDeque<>();
    private long dropped;

    public Gaps(EventPublisher publisher) {
        this.publisher = publisher;
    }

    public void add(CaptureGap gap) {
        if (waiting.size() > KEPT) {
            waiting.removeLast();
            dropped++;
        }
        waiting.add(gap);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Sends what waits; what does not arrive goes on waiting. False when Kafka did not take it. */
    public boolean send() {
        if (waiting.isEmpty()) {
            return true;
        }
        try {
            CaptureGap last = waiting.getLast();
            waiting.forEach(gap -> send(gap.equals(last) ? counted(gap) : gap));
            publisher.flush();
            waiting.clear();
            dropped = 0;
            return true;
        } catch (Fault e) {
            log.warn("{} gaps wait for Kafka: {}", waiting.size() + dropped, e.sentence());
            return false;
        }
    }

    private void send(CaptureGap gap) {
        publisher.send(Topics.CAPTURE, gap.getTimeline(), gap);
    }

    private CaptureGap counted(CaptureGap last) {
        return dropped == 0
                ? last
                : CaptureGap.newBuilder(last)
                        .setMessage(last.getMessage() + " (and " + dropped + " more before it)")
                        .build();
    }
}
