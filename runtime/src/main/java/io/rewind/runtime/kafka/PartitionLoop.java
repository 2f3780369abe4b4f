package io.rewind.runtime.kafka;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.service.Service;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes a topic as a member of a group, one {@link PartitionHandler} for each partition, all on one thread.
 * Each round: poll, hand over, settle, commit. What a handler has not settled is delivered again: after a crash, and
 * when settling fails RETRYABLE. In that case the handler is closed, and a fresh one starts where the group stands.
 */
public final class PartitionLoop implements Service {
    static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    private static final Logger log = LoggerFactory.getLogger(PartitionLoop.class);

    private final String name;
    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Function<TopicPartition, PartitionHandler> handlers;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, Fault> rejected;
    private final Map<TopicPartition, PartitionHandler> assigned = new HashMap<>();
    /** Where a fresh handler goes on: what was committed last, before that the first record delivered. */
    private final Map<TopicPartition, Long> resume = new HashMap<>();

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile State state = State.STARTING;
    private final Thread thread;

    /**
     * @param handlers opens the handler of a partition just assigned
     * @param rejected hears of every record that a handler rejected; must have made it durable when it returns
     */
    public PartitionLoop(
            String name,
            Consumer<byte[], byte[]> consumer,
            String topic,
            Function<TopicPartition, PartitionHandler> handlers,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Fault> rejected) {
        this.name = name;
        this.consumer = consumer;
        this.topic = topic;
        this.handlers = handlers;
        this.rejected = rejected;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        thread.start();
        state = State.RUNNING;
    }

    @Override
    public State state() {
        return state;
    }

    private void run() {
        State last = State.STOPPED;
        try {
            consumer.subscribe(List.of(topic), new Rebalance());
            while (!stopping) {
                round();
            }
            settleForGood(assigned.keySet());
        } catch (WakeupException e) {
            settleForGood(assigned.keySet());
        } catch (RuntimeException | Error e) {
            log.error("{}: stopped by a fault", name, e);
            last = State.FAILED;
        } finally {
            assigned.values().forEach(PartitionHandler::close);
            assigned.clear();
            consumer.close();
            state = last;
            ended.countDown();
        }
    }

    private void round() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(IDLE_POLL);
        for (TopicPartition partition : records.partitions()) {
            PartitionHandler handler = assigned.get(partition);
            if (handler != null) {
                hand(partition, handler, records.records(partition));
            }
        }
        commit(settle(assigned.keySet(), this::reopen));
    }

    private void hand(
            TopicPartition partition, PartitionHandler handler, List<ConsumerRecord<byte[], byte[]>> records) {
        resume.putIfAbsent(partition, records.getFirst().offset());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                handler.accept(record);
            } catch (Fault fault) {
                if (fault.severity() == Severity.FATAL) {
                    throw fault;
                }
                if (fault.severity() == Severity.RETRYABLE) {
                    log.warn(
                            "{}: {} at {} offset {}, trying again", name, fault.sentence(), partition, record.offset());
                    consumer.seek(partition, record.offset());
                    pause();
                    return;
                }
                log.warn("{}: rejected {} offset {}: {}", name, partition, record.offset(), fault.sentence());
                if (!report(partition, record, fault)) {
                    return;
                }
            }
        }
    }

    /** False: it could not be made durable, and the partition starts over. */
    private boolean report(TopicPartition partition, ConsumerRecord<byte[], byte[]> record, Fault reason) {
        try {
            rejected.accept(record, reason);
            return true;
        } catch (Fault fault) {
            if (fault.severity() != Severity.RETRYABLE) {
                throw fault;
            }
            reopen(partition, fault);
            return false;
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /** Settles each; those that fail RETRYABLE go to {@code failed} instead. Returns what is to be committed. */
    private Map<TopicPartition, OffsetAndMetadata> settle(
            Collection<TopicPartition> partitions, BiConsumer<TopicPartition, Fault> failed) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : Set.copyOf(partitions)) {
            PartitionHandler handler = assigned.get(partition);
            if (handler == null) {
                continue;
            }
            try {
                handler.settle().ifPresent(offset -> {
                    if (!Long.valueOf(offset).equals(resume.get(partition))) {
                        offsets.put(partition, new OffsetAndMetadata(offset));
                    }
                });
            } catch (Fault fault) {
                if (fault.severity() != Severity.RETRYABLE) {
                    throw fault;
                }
                failed.accept(partition, fault);
            }
        }
        return offsets;
    }

    /** Before the partitions go: what cannot be settled is left to whoever gets them next. */
    private void settleForGood(Collection<TopicPartition> partitions) {
        commit(settle(
                partitions, (partition, fault) -> log.warn("{}: {} left: {}", name, partition, fault.sentence())));
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets);
            offsets.forEach((partition, offset) -> resume.put(partition, offset.offset()));
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            // Redelivery is harmless: effects are idempotent.
            log.warn("{}: offsets not committed: {}", name, e.toString());
        }
    }

    /** Forgets what the handler took since it last settled, and has it delivered again to a fresh one. */
    private void reopen(TopicPartition partition, Fault fault) {
        log.warn("{}: {} at {}, starting over from what was settled", name, fault.sentence(), partition);
        PartitionHandler failed = assigned.remove(partition);
        if (failed != null) {
            failed.close();
        }
        pause();
        Long offset = resume.get(partition);
        if (offset != null) {
            consumer.seek(partition, offset);
        }
        open(partition);
    }

    private void open(TopicPartition partition) {
        PartitionHandler handler = handlers.apply(partition);
        assigned.put(partition, handler);
        handler.startOffset().ifPresent(offset -> consumer.seek(partition, offset));
    }

    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
        if (state == State.STARTING) {
            consumer.close();
            state = State.STOPPED;
            return;
        }
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(PartitionLoop.this::open);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            settleForGood(partitions);
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                PartitionHandler handler = assigned.remove(partition);
                resume.remove(partition);
                if (handler != null) {
                    handler.close();
                }
            }
        }
    }
}
