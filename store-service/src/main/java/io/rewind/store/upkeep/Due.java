package io.rewind.store.upkeep;

import io.rewind.store.collect.Arrival;
import io.rewind.store.database.Family;
import io.rewind.store.database.View;
import io.rewind.store.timeline.PointEntry;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a collection would find anything.
 *
 * @param since what expired before has been held long enough
 */
record Due(View view, Instant since) {
    private static final byte[] ALL = {};
    /** Chunks whose point never came are few. */
    private static final Duration STRAYS = Duration.ofDays(1);

    boolean any() {
        boolean[] found = {
            Arrival.oldest(view).filter(since.minus(STRAYS)::isAfter).isPresent()
        };
        view.scan(Family.POINTS, ALL, (_, value) -> {
            found[0] |= PointEntry.decode(value) instanceof PointEntry.Expired expired
                    && expired.roots().isPresent()
                    && !expired.at().isAfter(since);
            return !found[0];
        });
        return found[0];
    }
}
