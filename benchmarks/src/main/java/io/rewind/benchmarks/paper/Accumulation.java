package io.rewind.benchmarks.paper;

import java.time.Duration;
import java.util.List;

/**
 * How the snapshots of one workload add up.
 *
 * @param sums after the first, the second, …
 * @param onDisk what the store had on disk at the end, everything counted
 * @param took from the first to the last
 */
record Accumulation(String workload, List<Snapshot> sums, long onDisk, Duration took) {

    Snapshot last() {
        return sums.getLast();
    }

    Duration meanInterval() {
        return took.dividedBy(Math.max(1, sums.size() - 1));
    }
}
