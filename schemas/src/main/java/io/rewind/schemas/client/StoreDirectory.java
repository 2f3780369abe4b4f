package io.rewind.schemas.client;

import io.rewind.event.ServiceAnnounced;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Where the stores are, by what they announced on the control topic. Usable by several threads, one at a time. */
public final class StoreDirectory implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(100);

    private final Cluster cluster;
    private final StoreClaims claims = new StoreClaims();
    private Optional<TopicReader> open = Optional.empty();

    public StoreDirectory(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * {@code host:port} of each store, by all that was announced until now; waits up to {@code limit} for the first.
     *
     * @throws Fault NO_STORE, RETRYABLE, when none has announced itself or Kafka cannot be asked
     */
    public synchronized List<String> endpoints(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            // A store known from before may be gone, and another one may have said that it is in its place.
            TopicReader reader = reader();
            reader.extend(limit);
            while ((!reader.caughtUp() || claims.endpoints().isEmpty()) && System.nanoTime() < end) {
                take(reader);
            }
        } catch (KafkaException e) {
            throw new Fault(
                    ClientFault.NO_STORE,
                    Severity.RETRYABLE,
                    "Kafka at " + cluster.bootstrap() + " cannot be asked for the store: " + e.getMessage(),
                    e);
        }
        List<String> known = claims.endpoints();
        if (known.isEmpty()) {
            throw new Fault(ClientFault.NO_STORE, Severity.RETRYABLE, "no store has announced itself; is one running?");
        }
        return known;
    }

    private TopicReader reader() {
        TopicReader reader = open.orElseGet(
                () -> TopicReader.fromBeginning(cluster.reader("rewind-store-directory"), Topics.CONTROL));
        open = Optional.of(reader);
        return reader;
    }

    private void take(TopicReader reader) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(STEP)) {
            announcement(record).ifPresent(claims::accept);
        }
    }

    private static Optional<ServiceAnnounced> announcement(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Wire.decode(record.value()) instanceof ServiceAnnounced announced
                    ? Optional.of(announced)
                    : Optional.empty();
        } catch (Fault foreign) {
            // Whoever serves the control topic reports it; here it only says nothing about stores.
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        open.ifPresent(TopicReader::close);
        open = Optional.empty();
    }
}
