package io.rewind.capture.preflight;

import io.rewind.criu.CriuVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What captures run on.
 *
 * @param kernel such as 6 and 18, as one number: 6018
 * @param resources whether the agent has CAP_SYS_RESOURCE
 * @param memory bytes that a program can get at most: memory and swap
 * @param tracked whether written pages are found without reading all memory
 */
public record HostFacts(int kernel, CriuVersion criu, boolean resources, long memory, boolean tracked) {
    private static final Pattern KERNEL = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final Pattern MEMORY = Pattern.compile("(?:MemTotal|SwapTotal): +(\\d+) kB");
    private static final int CAP_SYS_RESOURCE = 24;

    public static HostFacts of(CriuVersion criu, boolean tracked) {
        Path proc = Path.of("/proc");
        try {
            long capabilities = Identity.parse(ProcessFacts.lines(proc.resolve("self"), "status"))
                    .capabilities();
            return new HostFacts(
                    kernel(Files.readString(proc.resolve("sys/kernel/osrelease"))),
                    criu,
                    ((capabilities >>> CAP_SYS_RESOURCE) & 1) == 1,
                    memory(ProcessFacts.lines(proc, "meminfo")),
                    tracked);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int kernel(String release) {
        MatchResult numbers =
                KERNEL.matcher(release.strip()).results().findFirst().orElseThrow();
        return version(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
    }

    static int version(int major, int minor) {
        return major * 1000 + minor;
    }

    static long memory(List<String> meminfo) {
        return meminfo.stream()
                .flatMap(line -> MEMORY.matcher(line).results())
                .mapToLong(found -> Long.parseLong(found.group(1)) << 10)
                .sum();
    }
}
