package io.rewind.schemas.client;

import io.rewind.runtime.fault.FaultCode;

/** Why a store could not give what was asked for. */
public enum ClientFault implements FaultCode {
    /** No store has announced itself. */
    NO_STORE,
    TIMELINE_UNKNOWN,
    POINT_UNKNOWN,
    CHUNK_UNKNOWN,
    /** A store does not answer, or not in time. */
    STORE_UNREACHABLE,
    /** The store found what it keeps to be damaged. */
    STORE_DAMAGED,
    /** The store refused the question. */
    REQUEST_INVALID
}
