package io.rewind.cli.simulation;

import io.rewind.encoder.content.DedupCaches;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.encoder.mirror.Mirror;
import io.rewind.encoder.mirror.MirrorSettings;
import io.rewind.encoder.point.Limits;
import io.rewind.encoder.point.PartitionEncoder;
import io.rewind.event.Rebase;
import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Whoever works on one partition of the capture topic. */
final class Encoder implements AutoCloseable {
    private static final Duration REACH = Duration.ofDays(1);

    private final Broker broker;
    private final Chance chance;
    private final TopicPartition partition;
    private final Means means;
    private Fuse fuse = new Fuse();
    private final Worker worker;
    private Sender sender;
    private int heard;
    private long rebases;

    /** @param shared whether timelines of one capture partition share a partition of chunks as well */
    record Means(boolean shared, Limits limits, long cacheBytes, MirrorSettings mirror, EncoderMetrics metrics) {
        /** So little of everything that it runs out now and then. */
        static Means of(Chance chance, boolean shared, Path folder, EncoderMetrics metrics) {
            return new Means(
                    shared,
                    new Limits(1 + chance.below(3), Duration.ofMinutes(1), 1 << 20, 1 + chance.below(4)),
                    1L << (8 + chance.below(8)),
                    new MirrorSettings(folder, (long) chance.below(100) << 13, REACH),
                    metrics);
        }
    }

    Encoder(Broker broker, Chance chance, TopicPartition partition, Means means) {
        this.broker = broker;
        this.chance = chance;
        this.partition = partition;
        this.means = means;
        this.sender = new Sender(broker, chance, fuse);
        this.worker = new Worker(broker, chance, partition, this::handler);
    }

    private PartitionHandler handler() {
        return new PartitionEncoder(
                partition.partition(),
                1,
                means.limits,
                new DedupCaches(means.shared, means.cacheBytes, REACH),
                Mirror.open(means.mirror, means.metrics),
                new EventPublisher(sender),
                () -> rebases,
                means.metrics);
    }

    Fuse fuse() {
        return fuse;
    }

    Worker worker() {
        return worker;
    }

    /** So many messages of the control topic come in. */
    void hear(int messages) {
        List<ConsumerRecord<byte[], byte[]>> control = broker.all(Topics.CONTROL);
        for (int i = 0; i < messages && heard < control.size(); i++, heard++) {
            rebases += Wire.decode(control.get(heard).value()) instanceof Rebase ? 1 : 0;
        }
    }

    /** Another process. @return the last one's: what it had not sent is gone, or comes later behind our back */
    Sender restart() {
        Sender last = sender;
        fuse.putOut();
        fuse = new Fuse();
        sender = new Sender(broker, chance, fuse);
        heard = broker.all(Topics.CONTROL).size();
        worker.reopen();
        return last;
    }

    @Override
    public void close() {
        worker.close();
    }
}
