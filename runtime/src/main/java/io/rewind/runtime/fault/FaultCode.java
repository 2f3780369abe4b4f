package io.rewind.runtime.fault;

/** A stable name for a kind of failure; implemented by the enums of each module. */
public interface FaultCode {
    String name();
}
