package io.rewind.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person has to say about the lines, kept beside the results so that a page made anew still says it.
 *
 * <pre>
 *   ## memory
 *   Why the line bends, in Markdown, up to the next heading of this kind.
 * </pre>
 */
public record Remarks(Map<String, String> byAxis) {
    public static final Remarks NONE = new Remarks(Map.of());
    private static final String HEADING = "## ";

    public Remarks {
        byAxis = Map.copyOf(byAxis);
    }

    public static Remarks read(Path file) throws IOException {
        return of(Files.readAllLines(file));
    }

    static Remarks of(List<String> lines) {
        Map<String, String> found = new HashMap<>();
        String axis = "";
        for (String line : lines) {
            if (line.startsWith(HEADING)) {
                axis = line.substring(HEADING.length()).strip();
            } else if (!axis.isEmpty()) {
                found.merge(axis, line, (before, next) -> before + "\n" + next);
            }
        }
        found.replaceAll((name, text) -> text.strip());
        found.values().removeIf(String::isEmpty);
        return new Remarks(found);
    }

    Optional<String> on(String axis) {
        return Optional.ofNullable(byAxis.get(axis));
    }
}
