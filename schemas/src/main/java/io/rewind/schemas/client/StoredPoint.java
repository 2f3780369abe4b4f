package io.rewind.schemas.client;

import io.rewind.event.PointCommitted;
import java.util.function.Consumer;

/** A point as a store has it. */
public interface StoredPoint {
    PointCommitted committed();

    /** The engine's description of the container, JSON; not to be written to. */
    byte[] spec();

    /**
     * Streams what is selected, from the beginning at each call: memory spaces, process images, then the trees, parents
     * before children, paths in the order of their bytes. What {@code each} throws ends the reading.
     */
    void streams(Selection selection, Consumer<StreamPart> each);

    /** The whole point. */
    default void streams(Consumer<StreamPart> each) {
        streams(Selection.ALL, each);
    }
}
