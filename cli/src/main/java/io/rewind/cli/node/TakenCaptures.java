package io.rewind.cli.node;

import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.service.Service;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the node's Kafka let go of captures once the encoder has taken them: they are whole pages, nobody needs them twice, and
 * they would lie there for hours. What the encoder has not taken stays, up to a size in which a full point of any container
 * of this machine fits.
 */
final class TakenCaptures implements Service {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(TakenCaptures.class);

    private final Cluster cluster;
    private final String group;
    private final long room;
    private final Duration every;
    private final Map<TopicPartition, Long> let = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().name("taken-captures").unstarted(this::run);
    private volatile State state = State.STARTING;

    /**
     * @param group of the encoder; what it has committed, it has taken
     * @param room bytes that a partition may hold
     */
    TakenCaptures(Cluster cluster, String group, long room, Duration every) {
        this.cluster = cluster;
        this.group = group;
        this.room = room;
        this.every = every;
    }

    @Override
    public String name() {
        return "taken-captures";
    }

    @Override
    public void start() {
        state = State.RUNNING;
        thread.start();
    }

    @Override
    public State state() {
        return state;
    }

    private void run() {
        try (Admin admin = cluster.admin("rewind-taken")) {
            boolean roomy = false;
            while (true) {
                try {
                    roomy = roomy || makeRoom(admin);
                    letGo(admin);
                } catch (ExecutionException | TimeoutException e) {
                    log.warn("captures that were taken stay for now: {}", e.toString());
                }
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("captures that were taken stay from now on", e);
            state = State.FAILED;
        }
    }

    private boolean makeRoom(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        AlterConfigOp size = new AlterConfigOp(
                new ConfigEntry(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(room)), AlterConfigOp.OpType.SET);
        Map<ConfigResource, Collection<AlterConfigOp>> wanted =
                Map.of(new ConfigResource(ConfigResource.Type.TOPIC, Topics.CAPTURE), List.of(size));
        admin.incrementalAlterConfigs(wanted).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return true;
    }

    private void letGo(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, RecordsToDelete> taken = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .forEach((partition, committed) -> before(partition, Optional.ofNullable(committed))
                        .ifPresent(offset -> taken.put(partition, RecordsToDelete.beforeOffset(offset))));
        admin.deleteRecords(taken).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        taken.forEach((partition, records) -> let.put(partition, records.beforeOffset()));
    }

    /** @param committed empty while there is none */
    private Optional<Long> before(TopicPartition partition, Optional<OffsetAndMetadata> committed) {
        return committed
                .filter(_ -> partition.topic().equals(Topics.CAPTURE))
                .map(OffsetAndMetadata::offset)
                .filter(offset -> offset > let.getOrDefault(partition, 0L));
    }

    @Override
    public void close() {
        if (state == State.RUNNING) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        state = State.STOPPED;
    }
}
