package io.rewind.restore.points;

/**
 * A timeline and the container it is of, as the newest point knew it.
 *
 * @param container the engine's id
 * @param host where it was captured
 * @param newestCapturedMicros since 1970
 */
public record ContainerTimeline(
        String timeline, String container, String name, String host, long newestCapturedMicros) {}
