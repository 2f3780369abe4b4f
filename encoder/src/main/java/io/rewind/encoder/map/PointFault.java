package io.rewind.encoder.map;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.runtime.fault.Severity;

/** Why a point is given up. The names travel in gaps. */
public enum PointFault implements FaultCode {
    /** A record says something that cannot be: it is put aside, and its point given up. */
    POINT_MALFORMED(true),
    /** A record of the point is missing, or came twice. */
    POINT_SEQUENCE(false),
    /** Sealed with another count or checksum than what came. */
    POINT_DAMAGED(false),
    /** Its map, or a single entry of it, is above what the settings or a record allow. */
    POINT_TOO_LARGE(false),
    /** The next point of the timeline began before this one was sealed. */
    POINT_ABANDONED(false),
    /** Not sealed in time, or too many points are under way. */
    POINT_OVERDUE(false),
    /** Records of it came without its beginning. */
    POINT_NOT_OPENED(false);

    private final boolean recordAtFault;

    PointFault(boolean recordAtFault) {
        this.recordAtFault = recordAtFault;
    }

    /** Whether the record that showed it belongs in the dead letters. */
    public static boolean recordAtFault(Fault fault) {
        return !(fault.code() instanceof PointFault code) || code.recordAtFault;
    }

    public Fault because(String sentence) {
        return new Fault(this, Severity.REJECTED, sentence);
    }

    /** @throws Fault POINT_MALFORMED unless {@code condition} */
    public static void require(boolean condition, String sentence) {
        if (!condition) {
            throw POINT_MALFORMED.because(sentence);
        }
    }
}
