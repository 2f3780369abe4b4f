package io.rewind.runtime.fault;

import java.util.Optional;

/** A failure with a code and a severity to branch on, and one sentence that says what is wrong and, where it helps, what to do. */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient FaultCode code;
    private final Severity severity;

    public Fault(FaultCode code, Severity severity, String sentence) {
        super(sentence);
        this.code = code;
        this.severity = severity;
    }

    public Fault(FaultCode code, Severity severity, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
        this.severity = severity;
    }

    public FaultCode code() {
        return code;
    }

    public Severity severity() {
        return severity;
    }

    /** The one sentence; never absent. */
    public String sentence() {
        return Optional.ofNullable(getMessage()).orElse(code.name());
    }
}
