package io.rewind.capture.preflight;

import java.util.Arrays;
import java.util.List;

/**
 * Of {@code /proc/PID/status}.
 *
 * @param name of the program, at most 15 bytes
 * @param tracer pid of who traces it, 0 for nobody
 * @param root whether its users (real, effective, saved, of files) are all root
 * @param capabilities the effective ones, a bit each
 */
record Identity(String name, int tracer, boolean root, long capabilities) {
    private static final int HEX = 16;

    static Identity parse(List<String> status) {
        return new Identity(
                value(status, "Name"),
                Integer.parseInt(value(status, "TracerPid")),
                Arrays.stream(value(status, "Uid").split("\\s+")).allMatch("0"::equals),
                Long.parseUnsignedLong(value(status, "CapEff"), HEX));
    }

    private static String value(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + key + " in a process's status"));
    }
}
