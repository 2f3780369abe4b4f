package io.rewind.cli.client;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of one topic as they come. What is none of ours is passed over: whoever serves the topic reports it. */
public final class Feed implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(200);

    private final Session session;
    private final TopicReader reader;

    private Feed(Session session, TopicReader reader) {
        this.session = session;
        this.reader = reader;
    }

    static Feed fromEnd(Session session, String topic) {
        Cluster cluster = session.cluster();
        Consumer<byte[], byte[]> consumer = cluster.reader("rewind-cli");
        try {
            if (consumer.partitionsFor(topic).isEmpty()) {
                throw new Fault(
                        CallFault.TOPICS_MISSING,
                        Severity.REJECTED,
                        "the cluster at " + cluster.bootstrap() + " has no topic " + topic
                                + "; has any service of Rewind been started on it?");
            }
            return new Feed(session, TopicReader.fromEnd(consumer, topic));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The next records; none when nothing comes for a moment. */
    public List<SpecificRecord> next() {
        return session.asking(() -> {
            List<SpecificRecord> records = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(STEP)) {
                decoded(record).ifPresent(records::add);
            }
            return records;
        });
    }

    /** The first record that {@code look} makes something of; empty when none comes within {@code limit}. */
    <T> Optional<T> await(Duration limit, Function<SpecificRecord, Optional<T>> look) {
        long end = System.nanoTime() + limit.toNanos();
        do {
            for (SpecificRecord record : next()) {
                Optional<T> found = look.apply(record);
                if (found.isPresent()) {
                    return found;
                }
            }
        } while (System.nanoTime() < end);
        return Optional.empty();
    }

    private static Optional<SpecificRecord> decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(record.value()).map(Wire::decode);
        } catch (Fault foreign) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
