package io.rewind.capture;

import io.rewind.runtime.fault.FaultCode;

/** Why a capture did not happen; these names stand in gaps. */
public enum CaptureFault implements FaultCode {
    /** No container of that name or id on this host. */
    CONTAINER_UNKNOWN,
    CONTAINER_NOT_RUNNING,
    CONTAINER_PAUSED,
    /** Nothing in it has run since the point that the gap names: there is nothing to capture. */
    UNCHANGED,
    /** It uses something that cannot be captured; the sentence has all there is. Said once. */
    REFUSED,
    /** The hook before the freeze failed. */
    HOOK_FAILED,
    /** A restore is still bringing the container's memory. */
    MEMORY_LATE,
    ENGINE_UNREACHABLE,
    /** CRIU missing, or too old for this kernel. */
    CRIU_UNUSABLE,
    /** The tracker that the settings ask for does not work on this kernel. */
    TRACKER_UNUSABLE,
    /** CRIU refused or failed to dump; the sentence has its reason. */
    DUMP_FAILED,
    /** The freeze limit passed; the container was let go. */
    FREEZE_LIMIT,
    /** Memory or files of the container could not be read. */
    READ_FAILED,
    /** More changed than the staging area holds. */
    STAGING_FULL,
    /** The last capture was still under way. */
    BEHIND,
    /** From now on captures are further apart than asked for, or they would weigh on the container or on Kafka. */
    STRETCHED,
    /** Kafka takes no records; the container is left alone until it does. */
    KAFKA_AWAY,
    PUBLISH_FAILED,
    /** Something this agent has no name for. */
    INTERNAL
}
