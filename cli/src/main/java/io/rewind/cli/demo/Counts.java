package io.rewind.cli.demo;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** How far the workload had counted at which instant, by the engine's clock: what {@code docker logs -t} says. */
record Counts(NavigableMap<Instant, Long> byTime) {

    /** Lines that are no count are passed over. */
    static Counts parse(String log) {
        NavigableMap<Instant, Long> counts = new TreeMap<>();
        for (String line : log.lines().toList()) {
            put(counts, line);
        }
        return new Counts(counts);
    }

    private static void put(NavigableMap<Instant, Long> counts, String line) {
        int space = Math.max(line.indexOf(' '), 0);
        try {
            counts.put(
                    Instant.parse(line.substring(0, space)),
                    Long.parseLong(line.substring(space).strip()));
        } catch (DateTimeException | NumberFormatException e) {
            // Something else that the container's shell said.
        }
    }

    /** The last count not after the instant. */
    OptionalLong at(Instant instant) {
        Map.Entry<Instant, Long> entry = byTime.floorEntry(instant);
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.getValue());
    }
}
