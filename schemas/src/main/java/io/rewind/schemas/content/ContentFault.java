package io.rewind.schemas.content;

import io.rewind.runtime.fault.FaultCode;

/** What can be wrong with stored content. */
public enum ContentFault implements FaultCode {
    CHUNK_DAMAGED
}
