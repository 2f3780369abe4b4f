package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.subject.Workload;

/** A container as contenders and clients see it, whoever runs it. */
interface Guest {
    Workload workload();

    /** Its own, on its bridge. */
    String address();

    /** Everything it has said since it was made. */
    String log();

    /** Starts it once more from its command, if need be, after a contender has left it dead. */
    void revive();

    /** Others are about to be measured: do not run meanwhile. */
    default void rest() {}

    /** Undoes {@link #rest}. */
    default void wake() {}
}
