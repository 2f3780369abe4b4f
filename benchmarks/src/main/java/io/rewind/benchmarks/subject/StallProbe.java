package io.rewind.benchmarks.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A small program inside the container that looks at the clock about every millisecond, and says so when it could not
 * for longer than 5. It can hold memory and write to it meanwhile.
 *
 * @param mebibytes to hold
 * @param share of its pages written every half second, spread over that time
 * @param random whether whole pages are written with what cannot be compressed, or 64 bytes of them
 */
public record StallProbe(int mebibytes, double share, boolean random) {
    /** Notices, and does nothing else. */
    public static final StallProbe BESIDE = new StallProbe(0, 0, false);

    static String script() {
        try (InputStream in = Objects.requireNonNull(StallProbe.class.getResourceAsStream("stall-probe.pl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
