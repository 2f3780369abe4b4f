package io.rewind.capture.watch;

import io.rewind.capture.docker.Container;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether, and how often, a container is captured. What people said by message goes before what its labels say. One
 * thread.
 */
public final class WatchPolicy {
    public static final String CAPTURE = "rewind.capture";
    public static final String INTERVAL = "rewind.interval";
    public static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final int SHORT_ID = 12;

    private final Duration usual;
    /** By name or id as it was given; empty: not to be captured. */
    private final Map<String, Optional<Duration>> said = new LinkedHashMap<>();

    /** @param usual interval where none is given */
    public WatchPolicy(Duration usual) {
        this.usual = usual;
    }

    /** @param interval zero: the usual one */
    public void watch(String container, Duration interval) {
        said.remove(container);
        Duration wanted = interval.isPositive() ? interval : usual;
        said.put(container, Optional.of(wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted));
    }

    public void unwatch(String container) {
        said.remove(container);
        said.put(container, Optional.empty());
    }

    /** The interval; empty: not to be captured. */
    public Optional<Duration> interval(Container container) {
        Optional<Duration> byLabel = "true".equals(container.labels().get(CAPTURE))
                ? Optional.of(labelled(container.labels()))
                : Optional.empty();
        // The last word counts.
        return said.entrySet().stream()
                .filter(e -> names(e.getKey(), container))
                .map(Map.Entry::getValue)
                .reduce((earlier, later) -> later)
                .orElse(byLabel);
    }

    static boolean names(String said, Container container) {
        return said.equals(container.name())
                || said.equals(container.timeline().text())
                || (said.length() >= SHORT_ID && container.id().startsWith(said));
    }

    private Duration labelled(Map<String, String> labels) {
        return parse(labels.getOrDefault(INTERVAL, "")).orElse(usual);
    }

    /** Such as {@code 500ms}, {@code 5s}, {@code 1m}; empty when it is no such time or below the shortest. */
    public static Optional<Duration> parse(String text) {
        Matcher m = TIME.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(m.group(1));
        Duration interval = switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
        return interval.compareTo(SHORTEST) < 0 ? Optional.empty() : Optional.of(interval);
    }
}
