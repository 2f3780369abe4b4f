package io.rewind.capture.freeze;

import io.rewind.capture.freeze.MountTable.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of a process's control group are; see cgroups(7).
 *
 * @param lines of {@code /proc/PID/cgroup}, {@code ID:controllers:path}; the unified hierarchy's are {@code 0::path}
 * @param mounts of this host
 */
public record ControlGroup(List<String> lines, List<Mount> mounts) {
    /** @throws IOException when the process has ended */
    public static ControlGroup of(int pid) throws IOException {
        Path file = Path.of("/proc", Integer.toString(pid), "cgroup");
        return new ControlGroup(
                Files.readAllLines(file, StandardCharsets.ISO_8859_1),
                MountTable.of(1).mounts());
    }

    /** A file of the controller's own hierarchy, or its counterpart in the unified one; empty where neither is mounted. */
    public Optional<Path> file(String controller, String name, String unified) {
        // Where both versions are mounted, the controller is in one of them.
        return locate("cgroup", controller, name).or(() -> locate("cgroup2", "", unified));
    }

    private Optional<Path> locate(String kind, String controller, String name) {
        return lines.stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3 && names(fields[1], controller))
                .flatMap(fields -> mounts.stream()
                        .filter(m -> m.kind().equals(kind) && m.root().equals("/"))
                        .filter(m -> controller.isEmpty() || names(m.superOptions(), controller))
                        .map(m -> Path.of(m.point() + fields[2], name)))
                .findFirst();
    }

    private static boolean names(String list, String name) {
        return Arrays.asList(list.split(",", -1)).contains(name);
    }
}
