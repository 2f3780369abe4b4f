package io.rewind.cli.demo;

import io.rewind.runtime.fault.FaultCode;

/** Why the demonstration could not go on. */
public enum DemoFault implements FaultCode {
    BUSYBOX_MISSING,
    TOO_FEW_POINTS,
    RESTORE_FAILED,
    WORKLOAD_SILENT
}
