package io.rewind.benchmarks.peers;

import io.rewind.runtime.fault.Fault;
import java.util.Optional;
import java.util.Set;

/** One way to keep points in time of a container. Every method may end in a {@link Fault}: its reason is shown. */
interface Contender {
    String name();

    /** The container whose points it takes. */
    Guest guest();

    /** Whose point of the same instant it only keeps: that one's time is part of its own. */
    default Optional<Contender> builtOn() {
        return Optional.empty();
    }

    /** What has to be there for {@link #take}; nobody counts the time. */
    default void before(int point) {}

    /** Returns when the point is kept and the container runs on. */
    void take(int point);

    /** Counts the point just taken, and lets go what no restore will need; nobody counts the time. */
    default void after(int point) {}

    /** What all its points so far take where they are kept, in bytes. */
    long bytes();

    /** Which points it can still bring back. */
    Set<Integer> restorable();

    /** Returns when the container runs again, as it was at that point. */
    void restore(int point);
}
