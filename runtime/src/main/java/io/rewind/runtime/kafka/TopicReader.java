package io.rewind.runtime.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads all partitions of a topic, outside any group: either what is there, up to the end as it was at the start, or
 * on and on. Owned by one thread, except {@link #wakeup()}.
 */
public final class TopicReader implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    private TopicReader(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** From the first record on. */
    public static TopicReader fromBeginning(Consumer<byte[], byte[]> consumer, String topic) {
        TopicReader reader = assign(consumer, topic);
        consumer.seekToBeginning(consumer.assignment());
        return reader;
    }

    /** Only what comes from now on: the position is fixed when this returns. */
    public static TopicReader fromEnd(Consumer<byte[], byte[]> consumer, String topic) {
        TopicReader reader = assign(consumer, topic);
        reader.ends.forEach(consumer::seek);
        return reader;
    }

    private static TopicReader assign(Consumer<byte[], byte[]> consumer, String topic) {
        TopicReader reader = new TopicReader(consumer);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        reader.ends.putAll(consumer.endOffsets(partitions));
        return reader;
    }

    /** The next records, waiting at most {@code limit}; records of one partition in order. */
    public Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration limit) {
        return consumer.poll(limit);
    }

    /** What is there now counts as there at the start, for {@link #caughtUp}. @throws KafkaException after {@code limit} */
    public void extend(Duration limit) {
        ends.putAll(consumer.endOffsets(ends.keySet(), limit));
    }

    /** Whether everything that was there when reading began has been returned. */
    public boolean caughtUp() {
        return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
    }

    /** Whether the record was there before reading began. */
    public boolean isPast(ConsumerRecord<byte[], byte[]> record) {
        Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
        return end != null && record.offset() < end;
    }

    /** Makes a running or the next {@link #poll} throw WakeupException. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        // There is no group to leave and nothing to commit; waiting would be for the answer to the last fetch.
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
