package io.rewind.cli.broker;

import io.rewind.runtime.fault.FaultCode;

/** What can keep the embedded broker from starting. */
public enum BrokerFault implements FaultCode {
    /** Something else listens where this broker's clients would look for it. */
    PORT_TAKEN,
    BROKER_FAILED
}
