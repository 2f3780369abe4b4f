package io.rewind.store.verify;

/** Hears how a verification goes. What it throws ends it. */
public interface Findings {
    /**
     * What has been proved so far.
     *
     * @param bytes of chunk bodies, as they are stored
     */
    void progress(long points, long pointsInAll, long chunks, long chunksInAll, long bytes);

    /**
     * Something that cannot be read.
     *
     * @param timeline empty, as is {@code point}: it is not to be told to a point
     * @param place in that point
     */
    void damage(String timeline, String point, String place, String reason);
}
