package io.rewind.schemas.id;

import java.util.regex.Pattern;

/**
 * The history of one container. By default the engine's id of the container it began with; a container that replaces
 * another under the same name carries the timeline on in its label {@value #LABEL}.
 */
public record TimelineId(String text) {
    public static final String LABEL = "rewind.timeline";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{12,64}");

    public TimelineId {
        IdFault.check("timeline id", text, FORM, "12 to 64 hexadecimal digits");
    }

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
