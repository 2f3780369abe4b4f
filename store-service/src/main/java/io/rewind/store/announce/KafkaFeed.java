package io.rewind.store.announce;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.KafkaFault;
import io.rewind.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** The real topics. Does not own the producer. */
public final class KafkaFeed implements Feed {
    private static final Duration STEP = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Producer<byte[], byte[]> producer;

    public KafkaFeed(Cluster cluster, Producer<byte[], byte[]> producer) {
        this.cluster = cluster;
        this.producer = producer;
    }

    @Override
    public Map<Integer, Long> send(List<Announcement> announcements) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Announcement a : announcements) {
                sent.add(producer.send(new ProducerRecord<>(a.topic(), Topics.key(a.key()), a.bytes())));
            }
            producer.flush();
            Map<Integer, Long> positions = new HashMap<>();
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata where = one.get();
                if (where.topic().equals(Topics.POINTS)) {
                    positions.merge(where.partition(), where.offset() + 1, Math::max);
                }
            }
            return positions;
        } catch (KafkaException | ExecutionException e) {
            throw new Fault(
                    KafkaFault.PUBLISH_FAILED,
                    Severity.RETRYABLE,
                    "Kafka did not take an announcement: " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(KafkaFault.PUBLISH_FAILED, Severity.RETRYABLE, "interrupted while announcing", e);
        }
    }

    @Override
    public void read(Map<Integer, Long> from, java.util.function.Consumer<Announcement> each) {
        try (Consumer<byte[], byte[]> reader = cluster.reader("rewind-store-outbox")) {
            List<TopicPartition> partitions = reader.partitionsFor(Topics.POINTS).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            reader.assign(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            Map<TopicPartition, Long> begins = reader.beginningOffsets(partitions);
            for (TopicPartition p : partitions) {
                long begin = begins.getOrDefault(p, 0L);
                long known = from.getOrDefault(p.partition(), begin);
                // A topic made anew knows nothing of old positions.
                reader.seek(p, known < begin || known > ends.getOrDefault(p, 0L) ? begin : known);
            }
            while (partitions.stream().anyMatch(p -> reader.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(STEP)) {
                    if (record.key() != null && record.value() != null) {
                        each.accept(Announcement.of(
                                record.topic(), new String(record.key(), StandardCharsets.UTF_8), record.value()));
                    }
                }
            }
        } catch (KafkaException e) {
            throw new Fault(
                    KafkaFault.BROKER_UNREACHABLE,
                    Severity.RETRYABLE,
                    "the points topic cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** The offset after the newest record. @throws Fault RETRYABLE when Kafka cannot be asked */
    public long end(TopicPartition partition) {
        try (Consumer<byte[], byte[]> reader = cluster.reader("rewind-store-end")) {
            return reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        } catch (KafkaException e) {
            throw new Fault(
                    KafkaFault.BROKER_UNREACHABLE,
                    Severity.RETRYABLE,
                    "the end of " + partition + " cannot be asked for: " + e.getMessage(),
                    e);
        }
    }

    /** Whether what has this key goes to the partition, as Kafka's own partitioner has it. */
    public boolean goesTo(TopicPartition partition, String key) {
        int partitions = producer.partitionsFor(partition.topic()).size();
        return Utils.toPositive(Utils.murmur2(Topics.key(key))) % partitions == partition.partition();
    }

    @Override
    public void close() {
        // The producer belongs to the service.
    }
}
