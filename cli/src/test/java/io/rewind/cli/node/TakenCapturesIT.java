package io.rewind.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.broker.EmbeddedBroker;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicSetup;
import io.rewind.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakenCapturesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String GROUP = "encoder-of-the-test";
    private static final long ROOM = 5L << 30;
    private static final int RECORDS = 20;
    private static final TopicPartition TAKEN = new TopicPartition(Topics.CAPTURE, 0);
    private static final TopicPartition UNTOUCHED = new TopicPartition(Topics.CAPTURE, 1);
    private static final TopicPartition CHUNKS = new TopicPartition(Topics.CHUNKS, 0);

    @TempDir
    private Path folder;

    @Test
    void whatTheEncoderHasCommittedGoesAndNothingElse() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(folder, 0, 64 << 20)) {
            broker.start();
            Cluster cluster = Cluster.at(broker.bootstrap());
            TopicSetup.ensure(cluster, Topics.all(2), (short) 1, LIMIT);
            produce(cluster);
            try (TakenCaptures taken = new TakenCaptures(cluster, GROUP, ROOM, Duration.ofMillis(20));
                    Consumer<byte[], byte[]> encoder = cluster.consumer("test", GROUP)) {
                taken.start();
                encoder.assign(List.of(TAKEN, UNTOUCHED, CHUNKS));
                for (long committed : new long[] {7, 12}) {
                    encoder.commitSync(
                            Map.of(TAKEN, new OffsetAndMetadata(committed), CHUNKS, new OffsetAndMetadata(committed)));
                    await().atMost(LIMIT)
                            .untilAsserted(() -> assertThat(encoder.beginningOffsets(List.of(TAKEN, UNTOUCHED, CHUNKS)))
                                    .isEqualTo(Map.of(TAKEN, committed, UNTOUCHED, 0L, CHUNKS, 0L)));
                }
                encoder.seekToBeginning(List.of(TAKEN));
                assertThat(encoder.position(TAKEN)).isEqualTo(12);
            }
            try (Admin admin = cluster.admin("test")) {
                ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.CAPTURE);
                assertThat(admin.describeConfigs(List.of(topic)).all().get().values())
                        .extracting(config ->
                                config.get(TopicConfig.RETENTION_BYTES_CONFIG).value())
                        .containsExactly(Long.toString(ROOM));
            }
        }
    }

    private static void produce(Cluster cluster) throws Exception {
        try (Producer<byte[], byte[]> producer = cluster.producer("test", 4 << 20)) {
            List<Future<?>> sent = new ArrayList<>();
            for (TopicPartition partition : List.of(TAKEN, UNTOUCHED, CHUNKS)) {
                for (int i = 0; i < RECORDS; i++) {
                    sent.add(producer.send(
                            new ProducerRecord<>(partition.topic(), partition.partition(), new byte[1], new byte[1])));
                }
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }
}
