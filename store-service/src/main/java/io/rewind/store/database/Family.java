package io.rewind.store.database;

/** The families of keys in a partition's database. */
public enum Family {
    /** Offsets and positions. */
    META,
    /** Chunk id → blocks, sizes: which chunks exist. */
    CHUNKS,
    /** Chunk id → its sealed body, in blob files. */
    BODIES,
    /** Node id → content-addressed piece of a map, of a segment, or a container's description. */
    NODES,
    /** Timeline, point → how the point was decided. */
    POINTS,
    /** Timeline → the line that sums it up. */
    TIMELINES,
    /** Sequence → what is still to be announced. */
    OUTBOX,
    /** Timeline, point, part → a map part whose point has not come yet; timeline → bytes stored for its next point. */
    STAGED,
    /** Timeline, instant, hash → a gap that the capture reported. */
    GAPS,
    /** Timeline, point → nothing: the point stays whatever the policy says. */
    PINS,
    /** Instant, chunk id → nothing: a chunk that came lately stays, whether anything refers to it or not. */
    ARRIVALS
}
