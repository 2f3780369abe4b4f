package io.rewind.cli.node;

import io.rewind.runtime.fault.FaultCode;

/** What can go wrong with a node as a process. */
public enum NodeFault implements FaultCode {
    NODE_NOT_RUNNING,
    NODE_NOT_STARTED,
    NODE_NOT_STOPPED
}
