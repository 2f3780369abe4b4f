package io.rewind.cli.service;

import io.rewind.runtime.fault.FaultCode;

/** Why a service that ran does so no more. */
public enum ServiceFault implements FaultCode {
    SERVICE_FAILED
}
