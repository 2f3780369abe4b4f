package io.rewind.restore.points;

import io.rewind.event.PointCommitted;
import java.util.function.Consumer;

/** One point, whole. */
public interface StoredPoint {
    PointCommitted committed();

    /** The engine's description of the container, JSON. */
    byte[] spec();

    /** Everything the point consists of, parents before children; may be read again. */
    void streams(Consumer<StreamPart> taker);
}
