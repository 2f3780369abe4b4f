package io.rewind.cli.client;

import io.rewind.event.PointCommitted;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.client.TimelineInfo;
import io.rewind.schemas.id.ContainerName;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The points there are, as the stores have them. */
public final class Points {
    private final Session session;

    public Points(Session session) {
        this.session = session;
    }

    /** Of every timeline of the container, oldest first; at least one. @throws Fault CONTAINER_UNKNOWN */
    public List<PointCommitted> of(ContainerName container) {
        try (TimelineClient client = new TimelineClient(session.stores(), session.access())) {
            List<PointCommitted> points = client.timelines(container.text()).stream()
                    .map(TimelineInfo::timeline)
                    .flatMap(timeline -> client.points(timeline).stream())
                    .sorted(Comparator.comparing(point -> point.getHeader().getCaptured()))
                    .toList();
            if (points.isEmpty()) {
                throw new Fault(
                        CallFault.CONTAINER_UNKNOWN,
                        Severity.REJECTED,
                        "there are no points of a container " + container + "; capture one with `rewind capture "
                                + container + "`");
            }
            return points;
        }
    }

    /** Ids of those that stay whatever the policy says. */
    public Set<String> pinned(ContainerName container) {
        try (TimelineClient client = new TimelineClient(session.stores(), session.access())) {
            return client.timelines(container.text()).stream()
                    .flatMap(timeline -> client.pinned(timeline.timeline()).stream())
                    .collect(Collectors.toSet());
        }
    }
}
