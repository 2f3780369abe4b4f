package io.rewind.cli.client;

import io.rewind.event.CaptureNow;
import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** A point on demand. */
public final class Captures {
    private static final String UNKNOWN = "CONTAINER_UNKNOWN";

    private final Session session;

    public Captures(Session session) {
        this.session = session;
    }

    /**
     * Returns the point once it is durable.
     *
     * @param host empty: whichever has the container
     * @throws Fault CONTAINER_UNKNOWN, CAPTURE_MISSED with the reason, NO_ANSWER
     */
    public PointCommitted now(ContainerName container, String host, Duration limit) {
        String trigger = RequestId.random().text();
        CaptureNow question = CaptureNow.newBuilder()
                .setHost(host)
                .setContainer(container.text())
                .setTrigger(trigger)
                .setRequestedBy(Session.requester())
                .setAt(Instant.now())
                .build();
        return session.ask(
                        "capture/" + host + "/" + container,
                        question,
                        Topics.POINTS,
                        limit,
                        record -> answer(record, trigger, container))
                .orElseThrow(() -> new Fault(
                        CallFault.NO_ANSWER,
                        Severity.RETRYABLE,
                        "no point of " + container + " within " + limit.toSeconds()
                                + " s; see `rewind status` for the services"));
    }

    private static Optional<PointCommitted> answer(SpecificRecord record, String trigger, ContainerName container) {
        return switch (record) {
            case PointCommitted point when point.getHeader().getTrigger().equals(trigger) -> Optional.of(point);
            case Gap gap when gap.getTrigger().equals(trigger) -> throw missed(gap, container);
            default -> Optional.empty();
        };
    }

    private static Fault missed(Gap gap, ContainerName container) {
        return gap.getCode().equals(UNKNOWN)
                ? new Fault(
                        CallFault.CONTAINER_UNKNOWN,
                        Severity.REJECTED,
                        "there is no running container " + container + "; `docker ps` lists those that run")
                : new Fault(
                        CallFault.CAPTURE_MISSED,
                        Severity.RETRYABLE,
                        container + " was not captured: " + gap.getMessage() + " (" + gap.getCode() + ")");
    }
}
