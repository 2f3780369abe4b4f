package io.rewind.runtime.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A topic as it should be.
 *
 * @param retention how long records are kept; empty: compacted, the newest record of each key stays
 */
public record TopicSpec(String name, int partitions, Optional<Duration> retention) {
    public static TopicSpec kept(String name, int partitions, Duration retention) {
        return new TopicSpec(name, partitions, Optional.of(retention));
    }

    public static TopicSpec compacted(String name, int partitions) {
        return new TopicSpec(name, partitions, Optional.empty());
    }

    Map<String, String> config() {
        return retention
                .map(r -> Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(r.toMillis())))
                .orElse(Map.of("cleanup.policy", "compact"));
    }
}
