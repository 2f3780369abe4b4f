package io.rewind.store.fault;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.runtime.fault.Severity;

/** What can be wrong with a point or with what is stored. */
public enum StoreFault implements FaultCode {
    /** Parts, or pages of memory, are missing. */
    POINT_INCOMPLETE,
    /** The map contradicts itself or names what cannot be. */
    POINT_INVALID,
    PARENT_MISSING,
    CHUNK_MISSING,
    /** What was stored is not what its checksum says. */
    STORE_DAMAGED,
    /** The database is being closed. */
    STORE_CLOSING,
    /** No room on the disk; goes on when there is. */
    STORE_FULL,
    /** Another store has the partition's database open, and will let go of it once it knows that it should. */
    PARTITION_BUSY,
    /** The database does not work. */
    STORE_FAILED,
    /** A question that makes no sense. */
    QUERY_INVALID,
    /** It is encrypted, and the keys given are not its own; or it is not, and keys were given. */
    STORE_LOCKED,
    TIMELINE_UNKNOWN,
    POINT_UNKNOWN,
    /** What should say which points stay is not understood. */
    POLICY_INVALID;

    /** The input is at fault, or what is stored: repeating changes nothing. */
    public Fault rejected(String sentence) {
        return new Fault(this, Severity.REJECTED, sentence);
    }
}
