package io.rewind.restore.look;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.runtime.fault.Severity;

/** Why a point could not be looked at. */
public enum LookFault implements FaultCode {
    CONTAINER_UNKNOWN,
    /** No point's id begins so, or several do. */
    POINT_UNKNOWN,
    /** A path that cannot be. */
    PATH_INVALID,
    /** The point has no such file of its own. */
    FILE_UNKNOWN,
    /** No point has the file in another state. */
    NEVER_CHANGED,
    /** What is to be written is there already. */
    TARGET_EXISTS,
    TARGET_FAILED;

    public Fault because(String sentence) {
        return new Fault(this, Severity.REJECTED, sentence);
    }

    public Fault because(String sentence, Throwable cause) {
        return new Fault(this, Severity.REJECTED, sentence, cause);
    }
}
