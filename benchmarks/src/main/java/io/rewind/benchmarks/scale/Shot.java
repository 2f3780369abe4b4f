package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.stand.PointLog;
import io.rewind.event.PointHeader;
import java.time.Duration;
import java.time.Instant;

/** One point that was asked for. */
record Shot(Instant asked, PointLog.Seen seen) {
    /** How long after the freeze a stall may be told that the freeze made. */
    private static final Duration TOLD = Duration.ofMillis(500);

    PointHeader header() {
        return seen.point().getHeader();
    }

    Duration freeze() {
        return Duration.ofNanos(header().getFrozenNanos());
    }

    /** From being asked for to the freeze. */
    Duration ahead() {
        return Duration.between(asked, header().getCaptured());
    }

    long stored() {
        return seen.point().getStoredBytes();
    }

    Instant stallsFrom() {
        return header().getCaptured().minus(freeze());
    }

    Instant stallsTo() {
        return header().getCaptured().plus(freeze()).plus(TOLD);
    }
}
