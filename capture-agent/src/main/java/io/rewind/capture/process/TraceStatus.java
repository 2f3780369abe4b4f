package io.rewind.capture.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Of {@code /proc/PID/status}: what decides whether somebody may trace the process.
 *
 * @param tracer pid of who traces it, 0 for nobody
 * @param filtered whether its system calls go through seccomp
 */
public record TraceStatus(int tracer, boolean filtered) {
    public static TraceStatus of(int pid) throws IOException {
        int tracer = 0;
        boolean filtered = false;
        for (String line :
                Files.readAllLines(Path.of("/proc", Integer.toString(pid), "status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("TracerPid:")) {
                tracer = number(line);
            } else if (line.startsWith("Seccomp:")) {
                filtered = number(line) != 0;
            }
        }
        return new TraceStatus(tracer, filtered);
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
    }
}
