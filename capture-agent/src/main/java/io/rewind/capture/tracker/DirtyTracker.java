package io.rewind.capture.tracker;

import java.io.IOException;

/**
 * Sees which pages of a process were written. One tracker a container, used by its capture thread only; at most one
 * consumer of dirty state a process.
 *
 * <p>The contract, whatever the mechanism: after {@link #collect} the returned table is exactly the memory of the
 * space at this freeze, and the sink has received every page whose content is not in {@code known}. A tracker that
 * knows less (a new process, an exec, a forgotten space) hands over more, never less.
 */
public interface DirtyTracker extends AutoCloseable {
    /** Stands in metrics and in each point's header. */
    String name();

    /**
     * Called while the space is frozen.
     *
     * @param known the space at the last point that was published whole; {@link PageTable#EMPTY} if there is none
     * @throws IOException when memory cannot be read: the capture fails, the next one starts from nothing
     */
    PageTable collect(FrozenSpace space, PageTable known, PageSink changed) throws IOException;

    /** The last point was not published: dirty state since the one before must not be lost, or all be forgotten. */
    void forget();

    @Override
    void close();
}
