package io.rewind.restore.look;

import io.rewind.event.PointById;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import io.rewind.restore.points.ContainerTimeline;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.points.StoredPoint;
import io.rewind.restore.resolve.PointChoice;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A point, found, and the timeline it is on. */
public record Moment(TimelineId timeline, StoredPoint point) {
    public PointHeader header() {
        return point.committed().getHeader();
    }

    /**
     * Finds what a person means.
     *
     * @param wanted one of the schema's ways to name a point; an id may be the beginning of one
     * @throws io.rewind.runtime.fault.Fault CONTAINER_UNKNOWN, POINT_UNKNOWN, and what {@link PointChoice} says
     */
    public static Moment find(PointSource source, ContainerName container, SpecificRecord wanted, Instant now) {
        List<TimelineId> timelines = timelines(source, container);
        return wanted instanceof PointById byId
                ? beginningWith(source, timelines, byId.getPoint())
                : of(source, PointChoice.choose(wanted, source.points(timelines.getFirst()), now, now));
    }

    /** Newest capture first; at least one. */
    static List<TimelineId> timelines(PointSource source, ContainerName container) {
        List<TimelineId> timelines = source.timelines(container.text()).stream()
                .map(ContainerTimeline::timeline)
                .map(TimelineId::new)
                .toList();
        if (timelines.isEmpty()) {
            throw LookFault.CONTAINER_UNKNOWN.because("There are no points of a container " + container
                    + "; capture one with `rewind capture " + container + "`.");
        }
        return timelines;
    }

    private static Moment beginningWith(PointSource source, List<TimelineId> timelines, String beginning) {
        List<PointCommitted> meant = timelines.stream()
                .flatMap(timeline -> source.points(timeline).stream())
                .filter(point -> point.getHeader().getPoint().startsWith(beginning))
                .toList();
        if (meant.size() != 1) {
            throw LookFault.POINT_UNKNOWN.because((meant.isEmpty() ? "No point's" : meant.size() + " points'")
                    + " id begins with " + beginning + "; `rewind points` lists those there are.");
        }
        return of(source, meant.getFirst());
    }

    static Moment of(PointSource source, PointCommitted point) {
        TimelineId timeline = new TimelineId(point.getHeader().getTimeline());
        PointId id = new PointId(point.getHeader().getPoint());
        return new Moment(
                timeline,
                source.point(timeline, id)
                        .orElseThrow(() -> LookFault.POINT_UNKNOWN.because("The point " + id + " has just expired.")));
    }
}
