package io.rewind.cli.client;

import io.rewind.event.PointCommitted;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.client.StoreDirectory;
import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.client.TimelineInfo;
import io.rewind.schemas.id.ContainerName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The points there are, as the stores have them. */
public final class Points {
    private static final Duration STORE_ANNOUNCED = Duration.ofSeconds(10);

    private final Session session;

    public Points(Session session) {
        this.session = session;
    }

    /** Of every timeline of the container, oldest first; at least one. @throws Fault CONTAINER_UNKNOWN */
    public List<PointCommitted> of(ContainerName container) {
        List<String> stores;
        try (StoreDirectory directory = new StoreDirectory(session.cluster())) {
            stores = directory.endpoints(STORE_ANNOUNCED);
        }
        try (TimelineClient client = new TimelineClient(stores)) {
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
}
