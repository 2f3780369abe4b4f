package io.rewind.benchmarks.stand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process has had of the processors so far, with those of its children that have ended (CRIU is one). */
public record CpuTime(double seconds) {
    /** USER_HZ, which is 100 on every architecture that Linux tells it to user space. */
    private static final double TICKS_A_SECOND = 100;
    /** utime, stime, cutime, cstime: fields 14 to 17 of proc(5)'s stat, counted here from after the name. */
    private static final int FIRST = 11;

    public static CpuTime of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
            double ticks = fields.subList(FIRST, FIRST + 4).stream()
                    .mapToLong(Long::parseLong)
                    .sum();
            return new CpuTime(ticks / TICKS_A_SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public double secondsSince(CpuTime earlier) {
        return seconds - earlier.seconds;
    }
}
