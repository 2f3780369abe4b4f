package io.rewind.schemas.id;

import java.util.UUID;
import java.util.regex.Pattern;

/** One request of a person or program; comes back in every answer to it. */
public record RequestId(String text) {
    private static final Pattern FORM = Pattern.compile("[0-9a-zA-Z][0-9a-zA-Z-]{3,63}");

    public RequestId {
        IdFault.check("request id", text, FORM, "4 to 64 letters, digits and hyphens");
    }

    public static RequestId random() {
        return new RequestId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
