package io.rewind.capture.freeze;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What CRIU wrote about a dump. */
final class DumpLog {
    static final String NAME = "dump.log";

    /** What CRIU calls an error and goes on after. */
    private static final Pattern HARMLESS = Pattern.compile("RLIMIT_NOFILE|No parent image found");

    private DumpLog() {}

    /** The first error, as a rule the cause of all others. */
    static String reason(Path work, int exit) {
        try (Stream<String> lines = Files.lines(work.resolve(NAME), StandardCharsets.ISO_8859_1)) {
            return lines.filter(l -> l.contains("Error") && !HARMLESS.matcher(l).find())
                    .map(l -> l.replaceFirst("^\\([0-9.]+\\) *", ""))
                    .filter(l -> !l.contains("Dumping FAILED"))
                    .findFirst()
                    .orElse("it ended with " + exit);
        } catch (IOException | UncheckedIOException e) {
            return "it ended with " + exit;
        }
    }
}
