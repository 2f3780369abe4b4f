package io.rewind.restore.switchover;

import io.rewind.restore.engine.Inspected;
import java.nio.file.Path;
import java.util.Set;

/** One way from the present container to the restored one. For one thread at a time. */
public interface Switchover {
    /** The container that is to run in the end; created, if it has to be. The present one runs on. */
    Inspected receiver();

    /** Of the {@link #receiver}. */
    Trees trees();

    /**
     * Nothing stands in the way of exchanging these trees.
     *
     * @throws io.rewind.runtime.fault.Fault VOLUME_IN_USE, FILES_UNREACHABLE
     */
    void checkClaims(Set<String> names);

    /** The point's files are built in their stages; the present container runs on. */
    void filesReady();

    /** The present container stops, or steps aside, and everything is put in place for {@link #start}. */
    void takeOver(Path images);

    /**
     * The restored container runs when this returns; some of its memory may still be on its way.
     *
     * @return its id
     * @throws io.rewind.runtime.fault.Fault RESTORE_FAILED
     */
    String start();

    /** After a crash between {@link #takeOver} and the end of {@link #start}: whether it runs. */
    boolean restored();

    /**
     * The present container runs on, or again.
     *
     * @return a clause for people: how it is back
     */
    String undo();

    /**
     * Undoing failed: whatever is there of the present container is made to run in the ordinary way, and files that were
     * put aside are kept.
     *
     * @return a clause for people: what runs
     */
    String lastResort();

    /** Success is sure: what was kept for undoing, and for memory to come, goes. */
    void settle();

    /** It is over, one way or the other: whatever was built or put aside beside files goes. */
    void sweep();

    /** Whether it is better to go on than to undo when a crash came after {@link #takeOver} began. */
    boolean forwardAfterCrash();
}
