package io.rewind.encoder.map;

import io.rewind.runtime.fault.Fault;

/** The memory one point's map takes, by estimate, against what it may (I10). For one thread. */
public final class Footprint {
    private final long limit;
    private long bytes;

    public Footprint(long limit) {
        this.limit = limit;
    }

    /** @throws Fault POINT_TOO_LARGE */
    void add(long more) {
        bytes += more;
        if (bytes > limit) {
            throw PointFault.POINT_TOO_LARGE.because("the map of the point needs more than " + limit + " bytes");
        }
    }
}
