package io.rewind.capture.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.CaptureGap;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.wire.Wire;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class GapsTest {
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Gaps gaps = new Gaps(new EventPublisher(kafka));

    @Test
    void I6_gapsWaitForKafkaAndAreSaidOnce() {
        kafka.sendException = new TimeoutException("away");
        gaps.add(gap(1));
        gaps.send();
        gaps.add(gap(2));
        gaps.send();
        assertThat(kafka.history()).isEmpty();
        kafka.sendException = null;
        gaps.send();
        gaps.send();
        assertThat(sent()).containsExactly(gap(1), gap(2));
    }

    @Test
    void I10_theOldestAndTheNewestAreKept() {
        for (int i = 0; i < Gaps.KEPT + 500; i++) {
            gaps.add(gap(i));
        }
        kafka.sendException = new TimeoutException("away");
        assertThat(gaps.send()).isFalse();
        kafka.sendException = null;
        assertThat(gaps.send()).isTrue();
        assertThat(sent()).hasSize(Gaps.KEPT + 1).startsWith(gap(0), gap(1));
        assertThat(sent().getLast().getDue()).isEqualTo(gap(Gaps.KEPT + 499).getDue());
        assertThat(sent().getLast().getMessage()).isEqualTo("m1499 (and 499 more before it)");
    }

    /** Each record would wait for room in the producer's buffer, a minute or more. */
    @Test
    void I10_afterTheFirstFailureNothingMoreIsTried() {
        AtomicInteger tried = new AtomicInteger();
        EventPublisher away = new EventPublisher(
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized Future<RecordMetadata> send(
                            ProducerRecord<byte[], byte[]> record, Callback callback) {
                        tried.incrementAndGet();
                        throw new TimeoutException("no room");
                    }
                });
        Gaps waiting = new Gaps(away);
        waiting.add(gap(1));
        waiting.add(gap(2));
        assertThat(waiting.send()).isFalse();
        assertThat(tried).hasValue(1);
    }

    private List<CaptureGap> sent() {
        return kafka.history().stream()
                .map(record -> Wire.decode(record.value(), CaptureGap.class))
                .toList();
    }

    private static CaptureGap gap(int number) {
        return new CaptureGap(
                "0123456789ab", "h", "c", "n", Instant.ofEpochSecond(number), "interval", "BEHIND", "m" + number, "");
    }
}
