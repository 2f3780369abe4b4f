package io.rewind.runtime.fault;

/** What to do about a fault. */
public enum Severity {
    /** The same call may work later: nothing is wrong with the input. */
    RETRYABLE,
    /** The input is at fault: repeating it changes nothing, whatever comes after it can go on. */
    REJECTED,
    /** This instance cannot go on. */
    FATAL
}
