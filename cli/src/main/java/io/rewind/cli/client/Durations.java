package io.rewind.cli.client;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: 500ms, 5s, 10m, 2h, 1d. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Durations() {}

    /** @throws Fault BAD_VALUE naming {@code what} */
    public static Duration parse(String what, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Fault(
                    CallFault.BAD_VALUE,
                    Severity.REJECTED,
                    what + ": \"" + text + "\" is not a length of time such as 500ms, 5s, 10m, 2h or 1d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
