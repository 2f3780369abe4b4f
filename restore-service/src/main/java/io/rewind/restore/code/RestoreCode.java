package io.rewind.restore.code;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.runtime.fault.Severity;

/** Why a restore was refused or failed; {@link #OK} otherwise. */
public enum RestoreCode implements FaultCode {
    OK,
    /** Neither the engine nor the store knows it, or it is gone and the request needs it. */
    CONTAINER_UNKNOWN,
    /** The container is there, but nothing was captured of it. */
    TIMELINE_UNKNOWN,
    POINT_UNKNOWN,
    INSTANT_IN_FUTURE,
    BEFORE_FIRST_POINT,
    MODE_UNSUPPORTED,
    /** This host's policy does not let the requester restore this container. */
    NOT_ALLOWED,
    /** Containers of that name were captured on several hosts, and the request names none. */
    HOST_AMBIGUOUS,
    /** What was captured cannot be expected to run on this host's kernel, processor or CRIU. */
    HOST_DIFFERS,
    NAME_TAKEN,
    /** A port that cannot be published. */
    PORT_INVALID,
    IMAGE_MISSING,
    RUNTIME_MISSING,
    /** The engine does not say where the container's files are, or they cannot be exchanged there. */
    FILES_UNREACHABLE,
    /** A volume would be rolled back that another running container uses. */
    VOLUME_IN_USE,
    PRESENT_NOT_CAPTURED,
    /** What the store sent is not what was captured (I7). */
    POINT_DAMAGED,
    /** What the store sent could reach outside of the target (I9). */
    POINT_REFUSED,
    POINT_TOO_LARGE,
    DISK_FULL,
    DISK_FAILED,
    STORE_UNREACHABLE,
    ENGINE_UNREACHABLE,
    ENGINE_REFUSED,
    /** The processes could not be brought back. */
    RESTORE_FAILED,
    /** The restored container ran, but the rest of its memory did not come. */
    MEMORY_LOST,
    /** The service was stopped in the middle; the container was left, or put back, as it was. */
    INTERRUPTED,
    INTERNAL;

    /** Repeating the request changes nothing. */
    public Fault because(String sentence) {
        return new Fault(this, Severity.REJECTED, sentence);
    }

    public Fault because(String sentence, Throwable cause) {
        return new Fault(this, Severity.REJECTED, sentence, cause);
    }
}
