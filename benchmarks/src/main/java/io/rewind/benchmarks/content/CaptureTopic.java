package io.rewind.benchmarks.content;

import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What agents have sent so far. */
final class CaptureTopic {
    private static final Duration STEP = Duration.ofMillis(200);

    private CaptureTopic() {}

    /** All of it that is about these timelines, in order, by timeline. */
    static Map<String, List<ConsumerRecord<byte[], byte[]>>> read(Cluster cluster, Set<String> timelines) {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> found = new LinkedHashMap<>();
        try (TopicReader reader = TopicReader.fromBeginning(cluster.reader("rewind-bench"), Topics.CAPTURE)) {
            while (!reader.caughtUp()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(STEP)) {
                    String timeline = new String(record.key(), StandardCharsets.UTF_8);
                    if (timelines.contains(timeline)) {
                        found.computeIfAbsent(timeline, _ -> new ArrayList<>()).add(record);
                    }
                }
            }
        }
        return found;
    }
}
