package io.rewind.criu.elf;

import io.rewind.runtime.fault.FaultCode;

/** What can go wrong with a core, besides the images. */
public enum ElfFault implements FaultCode {
    CORE_FAILED
}
