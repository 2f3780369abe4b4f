package io.rewind.capture.pace;

import io.rewind.capture.freeze.ControlGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try {
            Optional<Path> account = locate(ControlGroup.of(pid));
            return account.isPresent() ? parse(Files.readString(account.get())) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The file with the account. */
    static Optional<Path> locate(ControlGroup group) {
        return group.file("cpuacct", "cpuacct.usage", "cpu.stat");
    }

    /** A number of nanoseconds alone (version 1), or lines of which one tells microseconds (version 2). */
    static OptionalLong parse(String content) {
        return content.lines()
                .filter(line -> line.startsWith(USAGE) || !line.contains(" "))
                .mapToLong(line -> Long.parseLong(line.replace(USAGE, "").trim()))
                .findFirst();
    }
}
