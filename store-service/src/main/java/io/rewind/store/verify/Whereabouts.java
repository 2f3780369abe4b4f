package io.rewind.store.verify;

import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.database.View;
import io.rewind.store.node.StoredNodes;
import io.rewind.store.timeline.Timelines;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What a chunk means to people. */
public final class Whereabouts {
    private Whereabouts() {}

    /** The first stretch of the timeline's oldest point that lies in the chunk itself; empty where none is found. */
    public static Optional<String> of(ChunkId chunk, TimelineId timeline, View view) {
        AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
        try {
            new Timelines(view).points(timeline, point -> {
                String id = point.committed().getHeader().getPoint();
                Places.find(new StoredNodes(view), point.map(), chunk::equals, (place, _) -> {
                    if (found.get().isEmpty()) {
                        found.set(Optional.of(place + " of point " + id));
                    }
                });
                return found.get().isEmpty();
            });
        } catch (Fault alsoDamaged) {
            return found.get();
        }
        return found.get();
    }
}
