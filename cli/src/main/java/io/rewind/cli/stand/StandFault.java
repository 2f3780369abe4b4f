package io.rewind.cli.stand;

import io.rewind.runtime.fault.FaultCode;

/** Why a trial could not go on. */
public enum StandFault implements FaultCode {
    PROGRAM_FAILED,
    INTERRUPTED
}
