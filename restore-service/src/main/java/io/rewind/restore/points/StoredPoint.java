package io.rewind.restore.points;

import io.rewind.event.PointCommitted;
import io.rewind.schemas.client.Selection;
import java.util.function.Consumer;

/** One point, whole. */
public interface StoredPoint {
    PointCommitted committed();

    /** The engine's description of the container, JSON. */
    byte[] spec();

    /** Everything the point consists of, parents before children; may be read again. */
    void streams(Consumer<StreamPart> taker);

    /** Only what is selected; without runs where none are wanted, as far as the store can leave them out. */
    default void streams(Selection selection, Consumer<StreamPart> taker) {
        streams(part -> {
            if (selection.has(part.change())) {
                taker.accept(part);
            }
        });
    }
}
