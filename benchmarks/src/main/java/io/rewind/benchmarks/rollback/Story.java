package io.rewind.benchmarks.rollback;

import io.rewind.benchmarks.stand.PointLog;
import io.rewind.event.RestoreProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What happened to a redis.
 *
 * @param begun when it began to be captured at its interval
 * @param keys as it said when it was asked; where it did not answer there is none
 * @param points taken meanwhile, oldest first
 * @param emptied when somebody took all keys away
 * @param asked when it was asked to go back
 * @param running the answer
 */
record Story(
        Instant begun,
        List<Count> keys,
        List<PointLog.Seen> points,
        Instant emptied,
        Instant asked,
        RestoreProgress running) {
    Story {
        keys = List.copyOf(keys);
        points = List.copyOf(points);
    }

    record Count(Instant at, long keys) {}

    double seconds(Instant at) {
        return Duration.between(begun, at).toMillis() / 1e3;
    }
}
