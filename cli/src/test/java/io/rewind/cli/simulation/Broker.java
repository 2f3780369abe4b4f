package io.rewind.cli.simulation;

import io.rewind.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Topics in memory, each with one group, and the clock that stamps records. */
final class Broker {
    private final Map<String, List<List<ConsumerRecord<byte[], byte[]>>>> topics = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private long now = 1_700_000_000_000L;

    Broker(int capturePartitions, int chunkPartitions) {
        make(Topics.CAPTURE, capturePartitions);
        make(Topics.CHUNKS, chunkPartitions);
        make(Topics.POINTS, 2);
        make(Topics.CONTROL, 1);
    }

    private void make(String topic, int partitions) {
        List<List<ConsumerRecord<byte[], byte[]>>> logs = new ArrayList<>();
        IntStream.range(0, partitions).forEach(_ -> logs.add(new ArrayList<>()));
        topics.put(topic, logs);
    }

    /** Milliseconds since 1970. */
    long now() {
        return now;
    }

    void pass(long millis) {
        now += millis;
    }

    private List<List<ConsumerRecord<byte[], byte[]>>> logs(String topic) {
        return Objects.requireNonNull(topics.get(topic));
    }

    List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, logs(topic).size())
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    List<ConsumerRecord<byte[], byte[]>> log(TopicPartition partition) {
        return logs(partition.topic()).get(partition.partition());
    }

    /** All of the topic's records, each partition in order. */
    List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        return logs(topic).stream().flatMap(List::stream).toList();
    }

    ConsumerRecord<byte[], byte[]> append(String topic, byte[] key, byte[] value) {
        int number = Math.floorMod(Arrays.hashCode(key), logs(topic).size());
        List<ConsumerRecord<byte[], byte[]>> log = logs(topic).get(number);
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                topic,
                number,
                log.size(),
                now,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
        log.add(record);
        return record;
    }

    long committed(TopicPartition partition) {
        return committed.getOrDefault(partition, 0L);
    }

    void commit(TopicPartition partition, long offset) {
        committed.put(partition, offset);
    }
}
