package io.rewind.benchmarks.subject;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time during which the probe could not run. */
public record Stall(Instant end, Duration length) {
    private static final Pattern LINE = Pattern.compile("gap (\\d+)\\.(\\d{6}) (\\d+)");

    /** Of a probe's output. */
    public static List<Stall> parse(String log) {
        return log.lines().map(Stall::of).flatMap(Optional::stream).toList();
    }

    private static Optional<Stall> of(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new Stall(
                        Instant.ofEpochSecond(
                                Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)) * 1000),
                        Duration.ofNanos(Long.parseLong(matcher.group(3)) * 1000)))
                : Optional.empty();
    }

    /** The longest that ended between the two; zero where there was none long enough to be told. */
    public static Duration longest(List<Stall> stalls, Instant from, Instant to) {
        return stalls.stream()
                .filter(stall -> !stall.end().isBefore(from) && !stall.end().isAfter(to))
                .map(Stall::length)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
