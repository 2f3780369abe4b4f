package io.rewind.restore.resolve;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.points.ContainerTimeline;
import io.rewind.restore.points.PointSource;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.TimelineId;
import java.util.List;
import java.util.Optional;

/** Finds what a request is about: the engine's container of that name first, then the store's timelines. */
public final class Subjects {
    private final Engine engine;
    private final PointSource points;

    public Subjects(Engine engine, PointSource points) {
        this.engine = engine;
        this.points = points;
    }

    /** @param text name or id of a container, or a timeline id */
    public Subject find(String text) {
        String name = new ContainerName(text).text();
        Optional<Inspected> container = engine.inspect(name);
        if (container.isPresent()) {
            return of(container.get(), name);
        }
        List<ContainerTimeline> timelines = points.timelines(name);
        if (timelines.isEmpty()) {
            throw RestoreCode.CONTAINER_UNKNOWN.because("No container and no timeline is called " + name + ".");
        }
        ContainerTimeline newest = timelines.getFirst();
        return new Subject(new TimelineId(newest.timeline()), current(newest), newest);
    }

    private Subject of(Inspected container, String name) {
        TimelineId timeline = timelineOf(container);
        return points.timelines(timeline.text()).stream()
                .filter(t -> t.timeline().equals(timeline.text()))
                .findFirst()
                .map(t -> new Subject(timeline, Optional.of(container), t))
                .orElseThrow(() -> RestoreCode.TIMELINE_UNKNOWN.because(
                        "Nothing was captured of " + name + " yet; watch it first."));
    }

    /** What carries the timeline on: the container of the newest point, or one that replaced it under its name. */
    private Optional<Inspected> current(ContainerTimeline timeline) {
        return named(timeline.container())
                .or(() -> named(timeline.name()))
                .filter(c -> timelineOf(c).text().equals(timeline.timeline()));
    }

    private Optional<Inspected> named(String stored) {
        return ContainerNames.isValid(stored) ? engine.inspect(stored) : Optional.empty();
    }

    private static TimelineId timelineOf(Inspected container) {
        return new TimelineId(container.label(TimelineId.LABEL).orElse(container.id()));
    }
}
