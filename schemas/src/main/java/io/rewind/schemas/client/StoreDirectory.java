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
     * {@code host:port} of each store as known now; waits up to {@code limit} for the first.
     *
     * @throws Fault NO_STORE, RETRYABLE, when none has announced itself or Kafka cannot be asked
     */
    public synchronized List<String> endpoints(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            TopicReader reader = reader();
            boolean more = true;
            while (more || (claims.endpoints().isEmpty() && System.nanoTime() < end)) {
                // Whoever knows a store already asks it, and hears of others by the way.
                boolean known = reader.caughtUp() && !claims.endpoints().isEmpty();
                more = take(reader, known ? Duration.ZERO : STEP) > 0
                        || (!reader.caughtUp() && System.nanoTime() < end);
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

    private int take(TopicReader reader, Duration wait) {
        int taken = 0;
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(wait)) {
            taken++;
            announcement(record).ifPresent(claims::accept);
        }
        return taken;
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
