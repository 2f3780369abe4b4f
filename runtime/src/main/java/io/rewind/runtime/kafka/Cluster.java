package io.rewind.runtime.kafka;

import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker cluster and how to talk to it. Where no client can be made of the properties, a Fault CLIENT_INVALID says why.
 *
 * @param bootstrap {@code host:port}, comma separated
 * @param instance a name that stays with this process over restarts: the partitions of a killed process then wait for
 *     it instead of for the session's end. Empty where there is none
 * @param properties further client properties (security), passed through as they are
 */
public record Cluster(String bootstrap, String instance, Map<String, Object> properties) {
    /** Kafka's own ways to take a value from elsewhere: {@code ${file:PATH:KEY}}, {@code ${directory:DIR:FILE}}, {@code ${env:NAME}}. */
    private static final Map<String, Object> PROVIDERS = Map.of(
            "config.providers", "file,directory,env",
            "config.providers.file.class", FileConfigProvider.class.getName(),
            "config.providers.directory.class", DirectoryConfigProvider.class.getName(),
            "config.providers.env.class", EnvVarConfigProvider.class.getName());

    /**
     * Bytes that a member of a group is handed at once: each round ends with a commit. Less than half a region of the heap
     * (setup/service.jvm): a larger answer costs the collector a round of its own.
     */
    private static final int FETCH = (4 << 20) - (64 << 10);

    public Cluster {
        properties = Map.copyOf(properties);
    }

    public static Cluster at(String bootstrap) {
        return new Cluster(bootstrap, "", Map.of());
    }

    /** From {@code rewind.kafka}. */
    public static Cluster of(Settings settings) {
        return new Cluster(
                        settings.text("rewind.kafka.bootstrap"),
                        settings.optionalText("rewind.kafka.instance"),
                        settings.entries("rewind.kafka.client"))
                .with(PROVIDERS);
    }

    /** The same with these client properties, where they are not set already. */
    public Cluster with(Map<String, Object> more) {
        Map<String, Object> p = new HashMap<>(more);
        p.putAll(properties);
        return new Cluster(bootstrap, instance, p);
    }

    /** The same, for producers that give a record up when the cluster has not taken it for so long. */
    public Cluster givingUpAfter(Duration limit) {
        int millis = Math.toIntExact(limit.toMillis());
        return with(Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, millis,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2));
    }

    /** Idempotent, all replicas acknowledge; {@code maxBufferedBytes} bounds what waits for a slow broker. */
    public Producer<byte[], byte[]> producer(String clientId, long maxBufferedBytes) {
        Map<String, Object> p = base(clientId);
        p.put(ProducerConfig.ACKS_CONFIG, "all");
        p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        p.put(ProducerConfig.BUFFER_MEMORY_CONFIG, maxBufferedBytes);
        p.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        // As much as the largest record takes: only buffers of this very size are used again.
        p.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 20);
        // To compress costs as much processor as all else on the way through Kafka, and is paid beside the containers.
        p.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        return made(() -> new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** Member of {@code group}; offsets are committed by hand, a new group starts at the beginning. */
    public Consumer<byte[], byte[]> consumer(String clientId, String group) {
        Map<String, Object> p = base(clientId);
        p.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        p.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        p.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        p.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH);
        p.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH);
        if (!instance.isEmpty()) {
            p.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        }
        // How long the partitions of a killed member wait for somebody else.
        p.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        p.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        return made(() -> new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** Without a group: the caller assigns partitions and seeks. */
    public Consumer<byte[], byte[]> reader(String clientId) {
        Map<String, Object> p = base(clientId);
        p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return made(() -> new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    public Admin admin(String clientId) {
        return made(() -> Admin.create(base(clientId)));
    }

    private <T> T made(Supplier<T> client) {
        try {
            return client.get();
        } catch (KafkaException e) {
            // It may be no more than a name that is not resolved at the moment.
            throw new Fault(
                    KafkaFault.CLIENT_INVALID,
                    Severity.RETRYABLE,
                    "no Kafka client can be made for " + bootstrap + " with rewind.kafka.client: "
                            + Refusal.innermost(e),
                    e);
        }
    }

    /** Without the properties: there may be a password among them. */
    @Override
    public String toString() {
        return "Kafka at " + bootstrap;
    }

    private Map<String, Object> base(String clientId) {
        Map<String, Object> p = new HashMap<>(properties);
        p.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        p.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        // As large as the system makes them: records are near a mebibyte, and each filling of a buffer is a wake-up.
        p.putIfAbsent(CommonClientConfigs.SEND_BUFFER_CONFIG, CommonClientConfigs.SEND_BUFFER_LOWER_BOUND);
        p.putIfAbsent(CommonClientConfigs.RECEIVE_BUFFER_CONFIG, CommonClientConfigs.RECEIVE_BUFFER_LOWER_BOUND);
        return p;
    }
}
