package io.rewind.schemas.topic;

import io.rewind.runtime.kafka.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Names, keys and lives of the topics. */
public final class Topics {
    public static final String CAPTURE = "rewind.capture";
    public static final String CHUNKS = "rewind.chunks";
    public static final String POINTS = "rewind.points";
    public static final String RESTORE_REQUESTS = "rewind.restore.requests";
    public static final String RESTORE_RESULTS = "rewind.restore.results";
    public static final String CONTROL = "rewind.control";
    public static final String DEADLETTER = "rewind.deadletter";

    private Topics() {}

    /** @param partitions of the topics that carry timelines: the most instances of a service that can share the work */
    public static List<TopicSpec> all(int partitions) {
        return List.of(
                TopicSpec.kept(CAPTURE, partitions, Duration.ofHours(6)),
                TopicSpec.kept(CHUNKS, partitions, Duration.ofHours(24)),
                TopicSpec.kept(POINTS, partitions, Duration.ofDays(365)),
                TopicSpec.kept(RESTORE_REQUESTS, 1, Duration.ofDays(7)),
                TopicSpec.kept(RESTORE_RESULTS, 1, Duration.ofDays(7)),
                TopicSpec.compacted(CONTROL, 1),
                TopicSpec.kept(DEADLETTER, 1, Duration.ofDays(90)));
    }

    /** The key of everything about a timeline, of a control message, or of a request. */
    public static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
