package io.rewind.benchmarks.subject;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A sign of life of the probe, and how many pages it had written. */
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

    /** Pages a second between the first and the last beat of the stretch; 0 where there are not two. */
    static double rate(String log, Instant from, Instant to) {
        List<Beat> beats = parse(log).stream()
                .filter(beat -> !beat.at().isBefore(from) && !beat.at().isAfter(to))
                .toList();
        if (beats.size() < 2) {
            return 0;
        }
        Beat first = beats.getFirst();
        Beat last = beats.getLast();
        return (last.pages() - first.pages())
                * 1e9
                / Duration.between(first.at(), last.at()).toNanos();
    }
}
