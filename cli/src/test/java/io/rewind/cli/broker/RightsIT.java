package io.rewind.cli.broker;

import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.Right;
import io.rewind.runtime.kafka.Rights;
import io.rewind.runtime.kafka.TopicSetup;
import io.rewind.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RightsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** As when several services start at once on a new cluster, and one of them makes the topics. */
    @Test
    void aTopicThatIsBeingMadeIsWaitedFor() {
        try (EmbeddedBroker broker = new EmbeddedBroker(folder, 0, 64 << 20)) {
            broker.start();
            Cluster cluster = Cluster.at(broker.bootstrap());
            CompletableFuture<Void> asking = CompletableFuture.runAsync(
                    () -> Rights.require(cluster, List.of(Right.read(Topics.CAPTURE)), LIMIT));
            TopicSetup.ensure(cluster, Topics.all(1), (short) 1, LIMIT);
            asking.join();
        }
    }
}
