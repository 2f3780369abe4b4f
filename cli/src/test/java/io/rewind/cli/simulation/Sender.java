package io.rewind.cli.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer. Its records wait until they leave, in order; on the way they may get lost, arrive twice, or arrive and be
 * called lost. What waits dies with the process, or leaves later behind its back.
 */
final class Sender extends MockProducer<byte[], byte[]> {
    private static final int SELDOM = 300;

    private final Broker broker;
    private final Chance chance;
    private final Fuse fuse;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(ProducerRecord<byte[], byte[]> record, Callback callback) {}

    Sender(Broker broker, Chance chance, Fuse fuse) {
        super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        this.broker = broker;
        this.chance = chance;
        this.fuse = fuse;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        waiting.add(new Waiting(record, callback));
        if (chance.below(3) == 0) {
            leave(chance.below(waiting.size() + 1));
        }
        return new CompletableFuture<>();
    }

    @Override
    public synchronized void flush() {
        leave(waiting.size());
    }

    int waiting() {
        return waiting.size();
    }

    void leave(int records) {
        for (int i = 0; i < records; i++) {
            fuse.burn();
            Waiting next = waiting.remove();
            ProducerRecord<byte[], byte[]> record = next.record;
            RecordMetadata where = new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, broker.now(), 0, 0);
            if (chance.mishap(SELDOM)) {
                next.callback.onCompletion(where, new TimeoutException("lost"));
                continue;
            }
            broker.append(record.topic(), record.key(), record.value());
            if (chance.mishap(SELDOM)) {
                broker.append(record.topic(), record.key(), record.value());
            }
            if (chance.mishap(SELDOM)) {
                next.callback.onCompletion(where, new TimeoutException("arrived, but nobody said so"));
            } else {
                next.callback.onCompletion(where, null);
            }
        }
    }
}
