package io.rewind.schemas.wire;

import io.rewind.runtime.fault.FaultCode;

/** What can be wrong with a record's bytes. */
public enum WireFault implements FaultCode {
    /** No marker: something else writes to the topic. */
    FOREIGN_RECORD,
    /** The schema's fingerprint is none of ours. */
    UNKNOWN_SCHEMA,
    DAMAGED_RECORD,
    /** Well-formed, but of a kind that has no place on this topic. */
    UNEXPECTED_RECORD,
    /** Above {@link Wire#MAX_RECORD}. */
    RECORD_TOO_LARGE
}
