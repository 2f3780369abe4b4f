package io.rewind.encoder.point;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.encoder.content.DedupCaches;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.encoder.mirror.Mirror;
import io.rewind.encoder.mirror.MirrorSettings;
import io.rewind.event.Rebase;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** One partition of the capture topic, its encoder, and all it sent; does what the loop does. */
final class Bench {
    static final String A = "aaaaaaaaaaaa";
    static final String B = "bbbbbbbbbbbb";

    final List<ConsumerRecord<byte[], byte[]>> topic = new ArrayList<>();
    final FlakyProducer producer = new FlakyProducer();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EncoderMetrics metrics = new EncoderMetrics(registry);
    final List<Fault> deadLetters = new ArrayList<>();
    final AtomicLong rebases = new AtomicLong();
    Limits limits = new Limits(8, Duration.ofMinutes(10), 32 << 20, 4);
    boolean shared = true;
    long cacheBytes = 1 << 20;
    long mirrorBytes = 64 << 20;
    long now = 1_000_000;
    long settled;
    int reopened;
    private int position;
    private PartitionEncoder encoder = open();

    static String point(int number) {
        return String.format("%016x", number);
    }

    /** Also what a crash and restart is: all that was in memory is gone. */
    PartitionEncoder open() {
        encoder = new PartitionEncoder(
                0,
                3,
                limits,
                new DedupCaches(shared, cacheBytes, Duration.ofHours(1)),
                mirror(),
                new EventPublisher(producer),
                rebases::get,
                metrics);
        return encoder;
    }

    private Mirror mirror() {
        return Mirror.open(new MirrorSettings(Path.of("target", "mirror"), mirrorBytes, Duration.ofHours(1)), metrics);
    }

    Bench write(String timeline, List<byte[]> values) {
        values.forEach(value -> write(timeline, value));
        return this;
    }

    Bench write(String key, byte[] value) {
        topic.add(new ConsumerRecord<>(
                Topics.CAPTURE,
                0,
                topic.size(),
                now,
                TimestampType.CREATE_TIME,
                0,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                java.util.Optional.empty()));
        return this;
    }

    Bench write(PointScript script) {
        return write(script.timeline, script.records());
    }

    /** Hands over at most so many records, then settles. */
    void step(int records) {
        for (int i = 0; i < records && position < topic.size(); i++) {
            try {
                encoder.accept(topic.get(position++));
            } catch (Fault fault) {
                if (fault.severity() != Severity.REJECTED) {
                    throw fault;
                }
                deadLetters.add(fault);
            }
        }
        try {
            OptionalLong offset = encoder.settle();
            settled = offset.orElse(settled);
        } catch (Fault fault) {
            if (fault.severity() != Severity.RETRYABLE) {
                throw fault;
            }
            reopened++;
            crash();
        }
    }

    /** The topic's retention takes the next records. */
    void lose(int records) {
        position += records;
    }

    /** Starts over from what was settled. */
    void crash() {
        replay((int) settled);
    }

    void replay(int offset) {
        encoder.close();
        open();
        position = offset;
    }

    Bench run() {
        while (position < topic.size()) {
            step(7);
        }
        step(0);
        return this;
    }

    Decoded decoded() {
        return Decoded.of(producer.history());
    }

    List<Rebase> rebasesAsked() {
        return producer.history().stream()
                .filter(r -> r.topic().equals(Topics.CONTROL))
                .map(r -> Wire.decode(r.value(), Rebase.class))
                .toList();
    }

    double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }
}
