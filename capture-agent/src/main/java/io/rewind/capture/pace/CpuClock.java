package io.rewind.capture.pace;

import io.rewind.capture.freeze.MountTable;
import io.rewind.capture.freeze.MountTable.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long a container's processes have run so far, those that were started by {@code docker exec} and those that have
 * ended among them: the account of its control group, which the kernel keeps in any case. Two readings that are alike
 * mean that nothing ran between them, but for a slice of at most one scheduler tick that is still under way.
 */
public final class CpuClock {
    private static final String USAGE = "usage_usec ";

    private CpuClock() {}

    /** In a unit of its own; empty where it cannot be told, such as for a process that has ended. */
    public static OptionalLong of(int pid) {
        Path file = Path.of("/proc", Integer.toString(pid), "cgroup");
        try {
            List<String> groups = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            Optional<Path> account = locate(groups, MountTable.of(1).mounts());
            return account.isPresent() ? parse(Files.readString(account.get())) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * The file with the account.
     *
     * @param groups lines of /proc/PID/cgroup, {@code ID:controllers:path}; the unified hierarchy's are {@code 0::path}
     */
    static Optional<Path> locate(List<String> groups, List<Mount> mounts) {
        // Where both versions are mounted, the controller is in one of them.
        return account(groups, "cpuacct", mounts, "cgroup", "cpuacct.usage")
                .or(() -> account(groups, "", mounts, "cgroup2", "cpu.stat"));
    }

    private static Optional<Path> account(
            List<String> groups, String controller, List<Mount> mounts, String kind, String file) {
        return groups.stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3 && names(fields[1], controller))
                .flatMap(fields -> mounts.stream()
                        .filter(m -> m.kind().equals(kind) && m.root().equals("/"))
                        .filter(m -> controller.isEmpty() || names(m.superOptions(), controller))
                        .map(m -> Path.of(m.point() + fields[2], file)))
                .findFirst();
    }

    private static boolean names(String list, String name) {
        return Arrays.asList(list.split(",", -1)).contains(name);
    }

    /** A number of nanoseconds alone (version 1), or lines of which one tells microseconds (version 2). */
    static OptionalLong parse(String content) {
        return content.lines()
                .filter(line -> line.startsWith(USAGE) || !line.contains(" "))
                .mapToLong(line -> Long.parseLong(line.replace(USAGE, "").trim()))
                .findFirst();
    }
}
