package io.rewind.capture;

import io.rewind.capture.docker.Container;
import io.rewind.capture.pace.Rest;
import io.rewind.capture.publish.Gaps;
import io.rewind.event.CaptureGap;
import io.rewind.event.PointHeader;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.schemas.log.LogSubject;
import io.rewind.schemas.topic.EventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what became of a container's captures: on the topic, in metrics, in the log, and in the status. One thread;
 * the status is for all.
 */
final class Reports {
    private static final Logger log = LoggerFactory.getLogger(Reports.class);

    private final CaptureLoop.Shared shared;
    private final Gaps gaps;
    private final Set<String> said = new HashSet<>();
    private String refusal = "";
    private volatile CaptureLoop.Status status;

    Reports(CaptureLoop.Shared shared, Container container, EventPublisher publisher) {
        this.shared = shared;
        this.gaps = new Gaps(publisher);
        this.status = new CaptureLoop.Status(
                container.id(), container.name(), container.timeline().text(), 0, "", "");
    }

    CaptureLoop.Status status() {
        return status;
    }

    /** @param wanted zero: only on request */
    void interval(Duration wanted) {
        status = status.every(wanted.toMillis());
    }

    void point(PointHeader header, Duration whole) {
        try (LogSubject _ = LogSubject.point(header.getTimeline(), header.getPoint())) {
            log.debug("captured {}: point {}", header.getName(), header.getPoint());
        }
        shared.metrics().point(header, whole);
        said.removeIf(code -> !code.equals(CaptureFault.BEHIND.name()));
        refusal = "";
        status = status.with(header.getName(), header.getPoint(), "");
    }

    /** A tick that would have brought nothing. */
    void unchanged(String name, Instant due, Rest rest) {
        String sentence = "nothing in " + name + " has run since " + rest.since();
        gaps.add(gap(
                CaptureLoop.INTERVAL_TRIGGER,
                due,
                name,
                CaptureFault.UNCHANGED,
                sentence,
                rest.point().text()));
        shared.metrics().unchanged(name);
    }

    void gap(String trigger, Instant due, String name, FaultCode code, String sentence) {
        shared.metrics().gap(name, code.name());
        status = status.with(name, status.point(), code.name() + ": " + sentence);
        boolean refused = code == CaptureFault.REFUSED;
        if (!refused || !sentence.equals(refusal) || !trigger.equals(CaptureLoop.INTERVAL_TRIGGER)) {
            gaps.add(gap(trigger, due, name, code, sentence, ""));
        }
        // A refusal stays as it is until the container changes: once said is enough, unless somebody asks.
        refusal = refused ? sentence : refusal;
        // The reason is said once, not every few seconds.
        if (said.add(code.name())) {
            log.warn("no point of {}: {} ({})", name, sentence, code.name());
        }
    }

    private CaptureGap gap(String trigger, Instant due, String name, FaultCode code, String sentence, String point) {
        return new CaptureGap(
                status.timeline(),
                shared.means().host(),
                status.container(),
                name,
                due.truncatedTo(ChronoUnit.MICROS),
                trigger,
                code.name(),
                sentence,
                point);
    }

    /** Whether something was not said yet. */
    boolean pending() {
        return !gaps.isEmpty();
    }

    /** Tries to say what was not said yet, for as long as a producer waits before it gives up. */
    void send() {
        if (gaps.isEmpty()) {
            return;
        }
        if (gaps.send()) {
            shared.outage().ends();
        } else {
            shared.outage().begins();
        }
    }
}
