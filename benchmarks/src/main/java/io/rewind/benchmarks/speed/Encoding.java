package io.rewind.benchmarks.speed;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.encoder.content.DedupCaches;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.encoder.mirror.Mirror;
import io.rewind.encoder.mirror.MirrorSettings;
import io.rewind.encoder.point.Limits;
import io.rewind.encoder.point.PartitionEncoder;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The encoder of one partition with its reference settings but for the level, between a topic and a producer in memory. */
public final class Encoding implements AutoCloseable {
    private static final int LEVEL = 3;
    private static final int LAYERS = 16;
    private static final long MIB = 1 << 20;
    private static final Duration REACH = Duration.ofHours(1);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final PartitionEncoder encoder;

    /** @param folder for its mirror */
    public Encoding(Path folder) {
        this(folder, LEVEL);
    }

    /**
     * @param folder for its mirror
     * @param level of zstd
     */
    public Encoding(Path folder, int level) {
        EncoderMetrics metrics = new EncoderMetrics(new SimpleMeterRegistry());
        this.encoder = new PartitionEncoder(
                0,
                level,
                new Limits(32, Duration.ofMinutes(10), 32 * MIB, LAYERS),
                new DedupCaches(true, 64 * MIB, REACH),
                Mirror.open(new MirrorSettings(folder, 4096 * MIB, REACH), metrics),
                new EventPublisher(producer),
                () -> 0,
                metrics);
    }

    /** Returns when all is sent. */
    public void take(List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(encoder::accept);
        var _ = encoder.settle();
    }

    /** What the chunks topic got: chunks, and maps of points. */
    public List<byte[]> sent() {
        return producer.history().stream()
                .filter(record -> record.topic().equals(Topics.CHUNKS))
                .map(ProducerRecord::value)
                .toList();
    }

    /** Likewise, since this was asked before. */
    public List<byte[]> drain() {
        List<byte[]> sent = sent();
        producer.clear();
        return sent;
    }

    @Override
    public void close() {
        encoder.close();
        producer.close();
    }
}
