package io.rewind.capture.tracker;

import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * Knows which pages of a process were not written. One tracker a container, used by its capture thread only; at most
 * one consumer of dirty state a process.
 *
 * <p>The contract, whatever the mechanism: what it names as unchanged has, at this freeze, the content it had at the
 * freeze before, byte for byte. It need not name anything: a tracker that knows less (a new process, an exec, a
 * mapping it has not seen, a forgotten point) names fewer pages, and those it does not name are read.
 */
public interface DirtyTracker extends AutoCloseable {
    /** Stands in metrics and in each point's header. */
    String name();

    /**
     * Called before each freeze, while the container runs and nobody traces it: the time for whatever takes long.
     *
     * @param processes all of the container's
     */
    void lookAhead(Collection<ProcessKey> processes) throws InterruptedException;

    /**
     * Called between the look ahead and the freeze, any number of times, while the process runs. The next answer about
     * it, be it of this kind or {@link #unchanged}, speaks of what was written after this one.
     *
     * @return empty where the mechanism cannot tell while the process runs, or the process is not tracked
     */
    Optional<Glance> glance(ProcessKey process) throws IOException;

    /**
     * Called once a freeze for each space, while all stand still. The next answer about the same space speaks of what
     * was written after this one.
     *
     * @return pages unchanged since the last answer about the same space, if there was no {@link #forget} since
     * @throws IOException when the process cannot be looked at: the capture fails, the next one starts from nothing
     */
    PageRanges unchanged(FrozenSpace space) throws IOException;

    /** The last point was not published: until each space was asked about once more, nothing is known. */
    void forget();

    /** Leaves no trace in any process. */
    @Override
    void close();
}
