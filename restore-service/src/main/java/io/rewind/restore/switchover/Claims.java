package io.rewind.restore.switchover;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.engine.Inspected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a volume may be exchanged: nobody else works with it, and no file system is mounted in it. */
final class Claims {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final int POINT = 4;
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private Claims() {}

    /**
     * @param volumes places by name
     * @param ours ids of containers that may use them
     * @throws io.rewind.runtime.fault.Fault VOLUME_IN_USE, FILES_UNREACHABLE
     */
    static void check(Map<String, Path> volumes, Set<String> ours, Engine engine) {
        if (volumes.isEmpty()) {
            return;
        }
        List<String> mounts = mounts();
        volumes.forEach((name, place) -> {
            if (mounts.stream().anyMatch(mount -> (mount + "/").startsWith(place + "/"))) {
                throw RestoreCode.FILES_UNREACHABLE.because("The volume at " + name + " cannot be rolled back: " + place
                        + " is, or has in it, a file system of its own.");
            }
        });
        for (String id : engine.running()) {
            if (!ours.contains(id)) {
                engine.inspect(id).ifPresent(other -> volumes.forEach((name, place) -> refuse(name, place, other)));
            }
        }
    }

    private static void refuse(String name, Path place, Inspected other) {
        if (other.mounts().values().stream().anyMatch(p -> p.startsWith(place) || place.startsWith(p))) {
            throw RestoreCode.VOLUME_IN_USE.because("The volume at " + name + " would be rolled back under "
                    + other.name() + ", which runs and uses it as well; stop that first, or restore a clone.");
        }
    }

    /** Where file systems are mounted; the fifth field of proc_pid_mountinfo(5). */
    private static List<String> mounts() {
        try {
            return Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1).stream()
                    .map(line -> line.split(" ", -1)[POINT])
                    .map(Claims::plain)
                    .toList();
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(MOUNTS + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String plain(String escaped) {
        String bytes = OCTAL.matcher(escaped)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 8))));
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
