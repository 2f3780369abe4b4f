package io.rewind.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Of {@code /proc/PID/stat}, see proc_pid_stat(5).
 *
 * @param state such as 'S', or 't' for stopped by a tracer
 * @param startTime clock ticks since boot
 */
public record ProcessStat(char state, long startTime) {
    private static final int STATE = 0;
    private static final int START_TIME = 19;

    public static ProcessStat of(int pid) throws IOException {
        String text = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
        // Fields from the third on: the name before them may hold anything.
        String[] fields = text.substring(text.lastIndexOf(')') + 2).trim().split(" ");
        return new ProcessStat(fields[STATE].charAt(0), Long.parseLong(fields[START_TIME]));
    }

    public boolean isTracingStop() {
        return state == 't';
    }

    /** Nothing is left of it but its exit status, for which its parent has not asked yet. */
    public boolean isEnded() {
        return state == 'Z' || state == 'X';
    }
}
