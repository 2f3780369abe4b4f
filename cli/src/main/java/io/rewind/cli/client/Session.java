package io.rewind.cli.client;

import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.KafkaFault;
import io.rewind.runtime.kafka.Refusal;
import io.rewind.schemas.client.StoreAccess;
import io.rewind.schemas.client.StoreDirectory;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** A conversation with one cluster; clients open as they are needed. For one thread. */
public final class Session implements AutoCloseable {
    private static final Duration STORE_ANNOUNCED = Duration.ofSeconds(10);
    private static final long BUFFER = 4 << 20;
    /** A person waits: better a clear word soon than Kafka's own minutes. */
    private static final Map<String, Object> IMPATIENT = Map.of(
            "default.api.timeout.ms", 15_000,
            "request.timeout.ms", 10_000,
            "max.block.ms", 15_000,
            "delivery.timeout.ms", 15_000);

    private final Cluster cluster;
    private final StoreAccess access;
    private Optional<Producer<byte[], byte[]>> producer = Optional.empty();

    /** With a cluster that asks nobody who he is. */
    public Session(String bootstrap) {
        this.cluster = Cluster.at(bootstrap).with(IMPATIENT);
        this.access = StoreAccess.CLEAR;
    }

    /** By {@code rewind.kafka} and {@code rewind.tls}. @throws Fault CONFIG_INVALID */
    public Session(Settings settings) {
        this.cluster = Cluster.of(settings).with(IMPATIENT);
        this.access = StoreAccess.of(settings);
        settings.check();
    }

    public Cluster cluster() {
        return cluster;
    }

    /** How its stores are reached. */
    StoreAccess access() {
        return access;
    }

    /** Who asks, for records: what a host's policy goes by. */
    public static String requester() {
        return System.getProperty("user.name", "?") + "@" + Settings.machineName();
    }

    /** Returns once the cluster has it. @throws Fault BROKER_UNREACHABLE */
    void send(String topic, String key, SpecificRecord record) {
        asking(() -> {
            EventPublisher publisher = new EventPublisher(producer());
            publisher.send(topic, key, record);
            publisher.flush();
            return topic;
        });
    }

    /** As {@link #send} does before it sends. */
    public void connect(String topic) {
        asking(() -> producer().partitionsFor(topic));
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> open = producer.orElseGet(() -> cluster.producer("rewind-cli", BUFFER));
        producer = Optional.of(open);
        return open;
    }

    /** {@code host:port} of each store. @throws Fault NO_STORE */
    List<String> stores() {
        try (StoreDirectory directory = new StoreDirectory(cluster)) {
            return directory.endpoints(STORE_ANNOUNCED);
        }
    }

    /** What comes on a topic from now on: its position is fixed when this returns. */
    public Feed follow(String topic) {
        return asking(() -> Feed.fromEnd(this, topic));
    }

    /**
     * Puts a question on the control topic, and waits for the first record of {@code topic} from then on that answers it;
     * empty when none does within {@code limit}.
     */
    <T> Optional<T> ask(
            String key,
            SpecificRecord question,
            String topic,
            Duration limit,
            Function<SpecificRecord, Optional<T>> answer) {
        try (Feed answers = follow(topic)) {
            send(Topics.CONTROL, key, question);
            return answers.await(limit, answer);
        }
    }

    /** What Kafka's clients throw, as one sentence. */
    <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (KafkaException e) {
            throw unreachable(e);
        } catch (Fault e) {
            throw e.code() == KafkaFault.PUBLISH_FAILED ? unreachable(e) : e;
        }
    }

    private Fault unreachable(Exception e) {
        return Refusal.in(cluster, e)
                .orElseGet(() -> new Fault(
                        CallFault.BROKER_UNREACHABLE,
                        Severity.RETRYABLE,
                        "Kafka at " + cluster.bootstrap()
                                + " does not answer; is the address right, and is it running?",
                        e));
    }

    @Override
    public void close() {
        producer.ifPresent(open -> open.close(Duration.ofSeconds(5)));
        producer = Optional.empty();
    }
}
