package io.rewind.capture.pace;

import java.time.Duration;

/**
 * From one capture to the next: the wanted interval, or as many times it as keep the share of the time that the
 * container stands still below a limit, and captures from overtaking Kafka. Follows running means, so that one slow
 * capture changes nothing, and comes back only when a fifth is to spare.
 *
 * @param percent of the time the container may stand still
 * @param frozen nanoseconds it stands still for a capture, running mean
 * @param whole nanoseconds until Kafka has a capture, running mean
 * @param times the wanted interval
 */
public record Pace(Duration wanted, int percent, double frozen, double whole, long times) {
    private static final double WEIGHT = 0.25;
    private static final double TO_SPARE = 1.25;
    private static final double NANOS_IN_MILLI = 1e6;

    public static Pace of(Duration wanted, int percent) {
        return new Pace(wanted, percent, 0, 0, 1);
    }

    /** @param wholeNanos from when it was due to start, waiting for others included */
    public Pace after(long frozenNanos, long wholeNanos) {
        double f = frozen + WEIGHT * ((double) frozenNanos - frozen);
        double w = whole + WEIGHT * ((double) wholeNanos - whole);
        double needed = Math.max(f * 100 / percent, w);
        long least = times(needed);
        long most = times(needed * TO_SPARE);
        return new Pace(wanted, percent, f, w, Math.clamp(times, least, most));
    }

    private long times(double nanos) {
        return Math.max(1, (long) Math.ceil(nanos / (double) wanted.toNanos()));
    }

    public Duration interval() {
        return wanted.multipliedBy(times);
    }

    /** Why it is not as wanted, as one sentence. */
    public String reason() {
        String why = frozen * 100 / percent >= whole
                ? "each stands still for %.0f ms, and %d %% of the time are allowed"
                        .formatted(frozen / NANOS_IN_MILLI, percent)
                : "it takes %.0f ms until Kafka has one".formatted(whole / NANOS_IN_MILLI);
        return "captured every %d ms instead of every %d ms from now on: %s"
                .formatted(interval().toMillis(), wanted.toMillis(), why);
    }
}
