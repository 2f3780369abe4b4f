package io.rewind.benchmarks.scale;

import io.rewind.runtime.fault.FaultCode;

/** Why a size was not measured. */
enum ScaleFault implements FaultCode {
    NO_MEMORY,
    NO_DISK,
    OUTPUT_UNREADABLE
}
