package io.rewind.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.ServiceAnnounced;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicSetup;
import io.rewind.schemas.client.StoreDirectory;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDirectoryIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aStoreThatTookOverIsKnownToTheNextQuestion() {
        try (EmbeddedBroker broker = new EmbeddedBroker(folder, 0, 64 << 20)) {
            broker.start();
            Cluster cluster = Cluster.at(broker.bootstrap());
            TopicSetup.ensure(cluster, Topics.all(1), (short) 1, LIMIT);
            try (Producer<byte[], byte[]> producer = cluster.producer("test", 4 << 20);
                    StoreDirectory directory = new StoreDirectory(cluster)) {
                EventPublisher publisher = new EventPublisher(producer);
                announce(publisher, "here:1", 0);
                assertThat(directory.endpoints(LIMIT)).containsExactly("here:1");
                for (int taker = 2; taker < 10; taker++) {
                    // What the one before has not said: that it is gone.
                    announce(publisher, "here:" + taker, taker);
                    assertThat(directory.endpoints(LIMIT)).containsExactly("here:" + taker);
                }
            }
        }
    }

    private static void announce(EventPublisher publisher, String endpoint, long second) {
        publisher.send(
                Topics.CONTROL,
                "service/store/" + endpoint,
                ServiceAnnounced.newBuilder()
                        .setService("store")
                        .setInstance(endpoint)
                        .setHost("here")
                        .setEndpoint(endpoint)
                        .setPartitions(List.of(0))
                        .setAt(Instant.ofEpochSecond(second))
                        .build());
        publisher.flush();
    }
}
