package io.rewind.capture.freeze;

import io.rewind.capture.CaptureFault;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mount namespace as {@code /proc/PID/mountinfo} shows it; see proc_pid_mountinfo(5).
 *
 * <pre>
 *   36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
 *   |  |  |    |     |     |                     |    |         super block's options
 *   id up dev  root  point options               type source
 * </pre>
 */
public record MountTable(List<Mount> mounts) {
    private static final Pattern LINE =
            Pattern.compile("\\d+ \\d+ (\\d+:\\d+) (\\S+) (\\S+) \\S+ (?:\\S+ )*- (\\S+) (\\S*) (\\S+)");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    /**
     * One line; {@code root} is the folder of the file system that is seen at {@code point}. The options are as printed:
     * a comma within one is escaped.
     */
    public record Mount(String device, String root, String point, String kind, String superOptions) {}

    public MountTable {
        mounts = List.copyOf(mounts);
    }

    public static MountTable of(int pid) {
        Path file = Path.of("/proc", Integer.toString(pid), "mountinfo");
        try {
            // One byte a character: names need not be UTF-8.
            return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new Fault(CaptureFault.READ_FAILED, Severity.RETRYABLE, file + " cannot be read", e);
        }
    }

    static MountTable parse(List<String> lines) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : lines) {
            Matcher m = LINE.matcher(line);
            if (m.matches()) {
                mounts.add(new Mount(m.group(1), plain(m.group(2)), plain(m.group(3)), m.group(4), m.group(6)));
            }
        }
        return new MountTable(mounts);
    }

    /** The overlay's upper directory of what is mounted at the root. */
    public Optional<Path> upperDirectory() {
        return root().filter(m -> m.kind().equals("overlay")).flatMap(m -> {
            for (String option : m.superOptions().split(",")) {
                if (option.startsWith("upperdir=")) {
                    return Optional.of(Path.of(plain(option.substring("upperdir=".length()))));
                }
            }
            return Optional.empty();
        });
    }

    /** What is seen at the root. */
    Optional<Mount> root() {
        // Of several mounts over one another the last one is seen.
        return mounts.stream().filter(m -> m.point().equals("/")).reduce((below, above) -> above);
    }

    /** Whether something is mounted at the folder or below it. */
    boolean hasMountIn(String folder) {
        return mounts.stream()
                .anyMatch(m -> m.point().equals(folder) || m.point().startsWith(folder + "/"));
    }

    private static String plain(String escaped) {
        return OCTAL.matcher(escaped)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 8))));
    }
}
