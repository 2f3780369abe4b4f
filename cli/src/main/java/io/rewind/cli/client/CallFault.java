package io.rewind.cli.client;

import io.rewind.runtime.fault.FaultCode;

/** Why something asked for was not done. */
public enum CallFault implements FaultCode {
    /** What the caller gave makes no sense. */
    BAD_VALUE,
    BROKER_UNREACHABLE,
    /** The cluster has none of Rewind's topics. */
    TOPICS_MISSING,
    CONTAINER_UNKNOWN,
    POINT_UNKNOWN,
    CAPTURE_MISSED,
    NO_ANSWER
}
