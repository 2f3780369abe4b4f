package io.rewind.cli.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** When a process began, in clock ticks since boot: field 22 of {@code /proc/PID/stat} (proc(5)). */
final class ProcessStart {
    /** Counted from the state, which follows the command's closing bracket. */
    private static final int FIELD = 22 - 3;

    private ProcessStart() {}

    /** Empty: there is no such process. */
    static OptionalLong of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[FIELD]));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
