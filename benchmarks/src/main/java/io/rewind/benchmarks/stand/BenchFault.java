package io.rewind.benchmarks.stand;

import io.rewind.runtime.fault.FaultCode;

/** Why something could not be measured. */
public enum BenchFault implements FaultCode {
    RESTORE_FAILED,
    NO_POINTS,
    SUBJECT_SILENT,
    IMAGE_MISSING,
    OUTPUT_NOT_UNDERSTOOD,
    PEER_FAILED
}
