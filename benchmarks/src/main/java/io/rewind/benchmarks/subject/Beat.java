package io.rewind.benchmarks.subject;

import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A sign of life of the probe. */
public record Beat(Instant at, long pages) {
    private static final Pattern LINE = Pattern.compile("(?m)^beat (\\d+)\\.(\\d{6}) (\\d+)$");

    /** Of a probe's output. */
    public static List<Beat> parse(String log) {
        return LINE.matcher(log).results().map(Beat::of).toList();
    }

    private static Beat of(MatchResult found) {
        return new Beat(
                Instant.ofEpochSecond(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)) * 1000),
                Long.parseLong(found.group(3)));
    }
}
