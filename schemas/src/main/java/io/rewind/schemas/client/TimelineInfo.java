package io.rewind.schemas.client;

import java.time.Instant;

/**
 * A timeline in a line.
 *
 * @param container the engine's id of the container that the newest point was captured from
 * @param newestPoint id of the point captured last, at {@code newestCaptured} (microseconds)
 * @param points how many there are
 */
public record TimelineInfo(
        String timeline,
        String container,
        String name,
        String host,
        String newestPoint,
        Instant newestCaptured,
        long points) {}
