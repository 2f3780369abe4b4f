package io.rewind.restore.policy;

import io.rewind.restore.code.RestoreCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may have which containers of this host restored. A text file, read at each request; without one it is whoever asks
 * from this host.
 *
 * <pre>
 *   # a requester and a container, * for any characters
 *   *@web1      *
 *   ci@build7   shop-*
 * </pre>
 */
public final class Policy {
    private final Optional<Path> file;
    private final List<Rule> own;

    /**
     * @param file empty: this host's own operators only
     * @param names of this host
     */
    public Policy(Optional<Path> file, Set<String> names) {
        this.file = file;
        this.own = names.stream().map(name -> new Rule("*@" + name, "*")).toList();
    }

    /** @throws io.rewind.runtime.fault.Fault NOT_ALLOWED, also when the file says what is no rule */
    public void check(String requester, String container) {
        if (file.map(Policy::read).orElse(own).stream().noneMatch(rule -> rule.allows(requester, container))) {
            throw RestoreCode.NOT_ALLOWED.because(
                    (requester.isEmpty() ? "Whoever asked" : requester.replaceAll("\\p{Cntrl}", "?"))
                            + " may not restore " + container + " here; "
                            + file.map(f -> f + " says who may.")
                                    .orElse("name them in the file that rewind.restore.policy names."));
        }
    }

    private static List<Rule> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> rule(file, line))
                    .toList();
        } catch (IOException e) {
            throw RestoreCode.NOT_ALLOWED.because(
                    "Nobody may restore anything here: " + file + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    private static Rule rule(Path file, String line) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 2) {
            throw RestoreCode.NOT_ALLOWED.because("Nobody may restore anything here: \"" + line + "\" in " + file
                    + " is not a requester and a container.");
        }
        return new Rule(words[0], words[1]);
    }
}
