package io.rewind.capture.pace;

import io.rewind.schemas.id.PointId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a container is still as its last point has it. What used no processor has written nothing; but being frozen
 * and let go uses some, so the clock can be read only a moment after a point. What the container did in that moment
 * (such as answering what came in while it was frozen) is in the next point. Hence a container rests only after a point
 * before which it had not run: the first quiet tick is captured, those after it are not.
 *
 * @param ran the container's clock a moment after the point
 * @param since when that was read
 * @param captured the instant of the point
 * @param confirmed nothing had run before the point either
 */
public record Rest(PointId point, OptionalLong ran, Instant since, Instant captured, boolean confirmed) {

    /** What is known after a point, from what was known before it. */
    public static Rest after(
            Optional<Rest> before,
            OptionalLong ranBefore,
            PointId point,
            OptionalLong ran,
            Instant since,
            Instant captured) {
        boolean quiet = before.filter(rest -> rest.isQuiet(ranBefore)).isPresent();
        return new Rest(point, ran, since, captured, quiet);
    }

    /** Nothing has run since. */
    public boolean isQuiet(OptionalLong ranNow) {
        return ran.isPresent() && ran.equals(ranNow);
    }

    /**
     * A capture now would bring nothing.
     *
     * @param limit after so long without a point there is one whatever happens
     */
    public boolean holds(OptionalLong ranNow, Instant now, Duration limit) {
        return confirmed && isQuiet(ranNow) && now.isBefore(captured.plus(limit));
    }
}
