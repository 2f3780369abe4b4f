package io.rewind.schemas.id;

import java.util.regex.Pattern;

/** What a person calls a container: its name or the beginning of its id, in the engine's own form. */
public record ContainerName(String text) {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}");

    public ContainerName {
        IdFault.check(
                "container name", text, FORM, "it begins with a letter or digit, then come letters, digits, _ . and -");
    }

    @Override
    public String toString() {
        return text;
    }
}
