package io.rewind.runtime.config;

import io.rewind.runtime.fault.FaultCode;

/** What can be wrong with settings. */
public enum ConfigFault implements FaultCode {
    CONFIG_INVALID
}
