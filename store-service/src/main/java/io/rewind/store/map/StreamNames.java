package io.rewind.store.map;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What streams may be called. Stored data never chooses where it lands (I9): no way up, no second spelling of a path. */
final class StreamNames {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}");
    private static final Pattern STEP_ASIDE = Pattern.compile("(^|/)\\.{0,2}(/|$)");

    private StreamNames() {}

    static boolean areValid(StreamKey key) {
        String name = StandardCharsets.ISO_8859_1.decode(key.name().duplicate()).toString();
        boolean treeFits = switch (key.kind()) {
            case MEMORY, IMAGE, UPPER -> key.tree().isEmpty();
            case VOLUME ->
                !key.tree().isEmpty()
                        && key.tree().length() <= StreamKey.longest()
                        && key.tree().indexOf(0) < 0;
        };
        return treeFits
                && (key.isFileTree() ? isPath(name) : PLAIN.matcher(name).matches());
    }

    /** Relative, without empty, {@code .} and {@code ..} steps; "" is the root. */
    private static boolean isPath(String path) {
        return path.isEmpty()
                || (path.length() <= StreamKey.longest()
                        && path.indexOf(0) < 0
                        && !STEP_ASIDE.matcher(path).find());
    }
}
