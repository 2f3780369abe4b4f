package io.rewind.criu;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.runtime.fault.Severity;

/** What can be wrong with CRIU's files. */
public enum CriuFault implements FaultCode {
    /** The bytes are not what CRIU writes: cut short, wrong magic, out of order, overlapping. */
    IMAGE_DAMAGED,
    /** The image, or something it announces, is larger than this module accepts. */
    IMAGE_TOO_LARGE,
    /** The file system refused to read or write the file. */
    IMAGE_IO,
    /** The name cannot be one in an image folder. */
    NAME_REFUSED,
    /** The page maps of a folder and its pages files do not belong together. */
    PAGES_MISMATCH,
    /** Pages lie in a parent image, which Rewind never makes. */
    PARENT_NEEDED,
    /** The version of CRIU cannot be told. */
    VERSION_UNKNOWN;

    /** A fault of the input: repeating changes nothing. */
    Fault rejected(String sentence) {
        return new Fault(this, Severity.REJECTED, sentence);
    }

    Fault rejected(String sentence, Throwable cause) {
        return new Fault(this, Severity.REJECTED, sentence, cause);
    }

    /** A fault of the file system, which may be over at the next try. */
    static Fault io(String sentence, Throwable cause) {
        return new Fault(IMAGE_IO, Severity.RETRYABLE, sentence, cause);
    }
}
