package io.rewind.restore.resolve;

import io.rewind.restore.engine.Inspected;
import io.rewind.restore.points.ContainerTimeline;
import io.rewind.schemas.id.TimelineId;
import java.util.Optional;

/**
 * What a request is about.
 *
 * @param container as the engine has it now; empty when only its timeline is left
 * @param captured as its newest point knew it
 */
public record Subject(TimelineId timeline, Optional<Inspected> container, ContainerTimeline captured) {
    /** Of the container, now or when it was captured. */
    public String name() {
        return container.map(Inspected::name).orElse(captured.name());
    }
}
