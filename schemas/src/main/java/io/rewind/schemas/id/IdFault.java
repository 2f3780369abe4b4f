package io.rewind.schemas.id;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.runtime.fault.Severity;
import java.util.regex.Pattern;

/** What can be wrong with an identity. */
public enum IdFault implements FaultCode {
    ID_INVALID;

    private static final int SHOWN = 80;

    /** @throws Fault REJECTED when {@code text} does not match {@code form} as a whole. */
    static String check(String what, String text, Pattern form, String rule) {
        if (!form.matcher(text).matches()) {
            String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
            throw new Fault(ID_INVALID, Severity.REJECTED, "\"" + shown + "\" is not a " + what + ": " + rule);
        }
        return text;
    }
}
