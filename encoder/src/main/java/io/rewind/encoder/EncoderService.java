package io.rewind.encoder;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.encoder.content.DedupCaches;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.encoder.mirror.Mirror;
import io.rewind.encoder.point.PartitionEncoder;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.runtime.kafka.PartitionLoop;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.runtime.metrics.StageMeters;
import io.rewind.runtime.service.Service;
import io.rewind.runtime.service.Services;
import io.rewind.schemas.topic.DeadLetters;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The encoder: a share of the partitions of {@code rewind.capture} in, {@code rewind.chunks} out. */
public final class EncoderService implements Service {
    private static final String NAME = "encoder";
    private static final Logger log = LoggerFactory.getLogger(EncoderService.class);

    private final EncoderSettings settings;
    private final Cluster cluster;
    private final EncoderMetrics metrics;
    private final StageMeters stage;
    private volatile Optional<Running> running = Optional.empty();
    private volatile boolean stopped;

    private record Running(Producer<byte[], byte[]> producer, Services parts) {}

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID */
    public EncoderService(Settings settings, Cluster cluster, MeterRegistry registry) {
        this.settings = EncoderSettings.of(settings);
        this.cluster = cluster;
        this.metrics = new EncoderMetrics(registry);
        this.stage = new StageMeters(registry, NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The topics must be there. */
    @Override
    public synchronized void start() {
        Producer<byte[], byte[]> producer = cluster.producer(NAME, settings.publishBuffer());
        try {
            RebaseWatch rebases = new RebaseWatch(control());
            PartitionLoop loop = new PartitionLoop(
                    "encoder-capture",
                    cluster.consumer(NAME, settings.group()),
                    Topics.CAPTURE,
                    stage.handlers(partition -> handler(partition, producer, rebases)),
                    stage.deadLetters(new DeadLetters(NAME, new EventPublisher(producer))));
            Services parts = new Services(List.of(rebases, loop));
            parts.start();
            running = Optional.of(new Running(producer, parts));
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    private TopicReader control() {
        Consumer<byte[], byte[]> reader = cluster.reader("encoder-control");
        try {
            return TopicReader.fromEnd(reader, Topics.CONTROL);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private PartitionHandler handler(TopicPartition partition, Producer<byte[], byte[]> producer, RebaseWatch rebases) {
        return new PartitionEncoder(
                partition.partition(),
                settings.level(),
                settings.limits(),
                new DedupCaches(samePartitions(producer), settings.cacheBytes(), settings.cacheReach()),
                Mirror.open(settings.mirror(), metrics),
                new EventPublisher(producer),
                rebases::rebases,
                metrics);
    }

    /** Whether timelines that share a partition of one topic share one of the other, too. False when in doubt. */
    private static boolean samePartitions(Producer<byte[], byte[]> producer) {
        try {
            int capture = producer.partitionsFor(Topics.CAPTURE).size();
            int chunks = producer.partitionsFor(Topics.CHUNKS).size();
            if (capture != chunks) {
                log.warn("{} capture partitions and {} of chunks: containers will not share blocks", capture, chunks);
            }
            return capture == chunks;
        } catch (KafkaException e) {
            log.warn("cannot compare the topics' partitions, containers will not share blocks: {}", e.toString());
            return false;
        }
    }

    @Override
    public State state() {
        return running.map(r -> r.parts().states().values().stream()
                        .filter(s -> s != State.RUNNING)
                        .findFirst()
                        .orElse(State.RUNNING))
                .orElse(stopped ? State.STOPPED : State.STARTING);
    }

    @Override
    public synchronized void close() {
        running.ifPresent(r -> {
            r.parts().close();
            r.producer().close();
        });
        running = Optional.empty();
        stopped = true;
    }
}
