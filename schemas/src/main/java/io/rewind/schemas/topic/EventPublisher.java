package io.rewind.schemas.topic;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.KafkaFault;
import io.rewind.schemas.wire.Wire;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends records and tells, at {@link #flush}, whether all of them arrived. Order within a key is kept. For one
 * thread's use; does not own the producer.
 */
public final class EventPublisher {
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public EventPublisher(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Returns at once unless the producer's buffer is full; a failure shows at the next {@link #flush}, and until then
     * nothing more is sent: each record of a long row would wait for room again.
     */
    public void send(String topic, String key, SpecificRecord record) {
        sendEncoded(topic, key, Wire.encode(record));
    }

    /** Like {@link #send}, of a record already encoded. */
    public void sendEncoded(String topic, String key, byte[] value) {
        if (failing()) {
            return;
        }
        try {
            Future<?> _ = producer.send(new ProducerRecord<>(topic, Topics.key(key), value), (metadata, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Whether the next {@link #flush} will throw: what is sent until then is for nothing. */
    public boolean failing() {
        return failure.get() != null;
    }

    /**
     * Waits until everything sent has been acknowledged by all replicas.
     *
     * @throws Fault RETRYABLE when something sent since the last flush did not arrive
     */
    public void flush() {
        producer.flush();
        Exception failed = failure.getAndSet(null);
        if (failed != null) {
            throw new Fault(
                    KafkaFault.PUBLISH_FAILED, Severity.RETRYABLE, "Kafka did not take a record: " + failed, failed);
        }
    }
}
