package io.rewind.schemas.topic;

import io.rewind.event.DeadLetter;
import io.rewind.runtime.fault.Fault;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Puts aside records that could not be read or did not fit, with the reason (I11). */
public final class DeadLetters implements BiConsumer<ConsumerRecord<byte[], byte[]>, Fault> {
    private static final int MAX_KEY = 1 << 10;
    private static final int MAX_VALUE = 960 << 10;

    private final String service;
    private final EventPublisher publisher;

    public DeadLetters(String service, EventPublisher publisher) {
        this.service = service;
        this.publisher = publisher;
    }

    /** Returns when the letter is safe. @throws Fault RETRYABLE when Kafka does not take it. */
    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record, Fault reason) {
        byte[] key = orEmpty(record.key());
        byte[] value = orEmpty(record.value());
        publisher.send(
                Topics.DEADLETTER,
                record.topic() + "-" + record.partition(),
                DeadLetter.newBuilder()
                        .setService(service)
                        .setTopic(record.topic())
                        .setPartition(record.partition())
                        .setOffset(record.offset())
                        .setKey(ByteBuffer.wrap(key, 0, Math.min(key.length, MAX_KEY)))
                        .setValue(ByteBuffer.wrap(value, 0, Math.min(value.length, MAX_VALUE)))
                        .setCut(key.length > MAX_KEY || value.length > MAX_VALUE)
                        .setCode(reason.code().name())
                        .setMessage(reason.sentence())
                        .setAt(Instant.now())
                        .build());
        publisher.flush();
    }

    private static byte[] orEmpty(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }
}
