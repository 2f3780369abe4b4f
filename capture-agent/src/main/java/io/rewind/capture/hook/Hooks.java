package io.rewind.capture.hook;

import java.util.Map;
import java.util.Optional;

/**
 * Of a container's labels.
 *
 * @param before a shell command that prepares for the freeze
 * @param after a shell command that undoes it
 * @param required no point without the first having succeeded
 */
public record Hooks(Optional<String> before, Optional<String> after, boolean required) {
    public static final String BEFORE = "rewind.hook.before";
    public static final String AFTER = "rewind.hook.after";
    public static final String REQUIRED = "rewind.hook.required";

    public static Hooks of(Map<String, String> labels) {
        return new Hooks(
                Optional.ofNullable(labels.get(BEFORE)).filter(command -> !command.isBlank()),
                Optional.ofNullable(labels.get(AFTER)).filter(command -> !command.isBlank()),
                !"false".equals(labels.get(REQUIRED)));
    }
}
