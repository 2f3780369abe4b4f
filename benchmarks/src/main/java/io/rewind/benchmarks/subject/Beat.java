package io.rewind.benchmarks.subject;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many pages a probe had written at an instant. */
record Beat(Instant at, long pages) {
    private static final Pattern LINE = Pattern.compile("beat (\\d+)\\.(\\d{6}) (\\d+)");

    /** Pages a second between the first and the last beat of the stretch; 0 where there are not two. */
    static double rate(String log, Instant from, Instant to) {
        List<Beat> beats = log.lines()
                .map(Beat::of)
                .flatMap(Optional::stream)
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

    private static Optional<Beat> of(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new Beat(
                        Instant.ofEpochSecond(
                                Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)) * 1000),
                        Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }
}
