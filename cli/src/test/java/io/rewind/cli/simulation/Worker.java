package io.rewind.cli.simulation;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.PartitionHandler;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What {@code PartitionLoop} does with one partition, one round at a time. */
final class Worker implements AutoCloseable {
    private static final int NOW_AND_THEN = 20;

    private final Broker broker;
    private final Chance chance;
    private final TopicPartition partition;
    private final Supplier<PartitionHandler> handlers;
    private PartitionHandler handler;
    private long position;

    Worker(Broker broker, Chance chance, TopicPartition partition, Supplier<PartitionHandler> handlers) {
        this.broker = broker;
        this.chance = chance;
        this.partition = partition;
        this.handlers = handlers;
        this.handler = handlers.get();
        this.position = handler.startOffset().orElse(broker.committed(partition));
    }

    boolean isIdle() {
        return position >= broker.log(partition).size();
    }

    /** Hands over so many records at most, then settles and commits. */
    void round(int records) {
        if (!hand(records)) {
            return;
        }
        try {
            handler.settle().ifPresent(offset -> {
                if (!chance.mishap(NOW_AND_THEN)) {
                    broker.commit(partition, offset);
                }
            });
        } catch (Fault fault) {
            retryable(fault);
            reopen();
        }
    }

    /** False: the partition starts over. */
    private boolean hand(int records) {
        List<ConsumerRecord<byte[], byte[]>> log = broker.log(partition);
        for (int i = 0; i < records && position < log.size(); i++, position++) {
            try {
                handler.accept(log.get((int) position));
            } catch (Fault fault) {
                if (fault.severity() != Severity.REJECTED) {
                    retryable(fault);
                    return true;
                }
                if (chance.mishap(NOW_AND_THEN)) {
                    // Its dead letter did not arrive.
                    reopen();
                    return false;
                }
            }
        }
        return true;
    }

    private static void retryable(Fault fault) {
        if (fault.severity() != Severity.RETRYABLE) {
            throw fault;
        }
    }

    /** A fresh handler, from what was settled. */
    void reopen() {
        handler.close();
        handler = handlers.get();
        position = handler.startOffset().orElse(broker.committed(partition));
    }

    /** A fresh handler gets again what had its effect, from anywhere. */
    void replay() {
        reopen();
        position = chance.below((int) position + 1);
    }

    @Override
    public void close() {
        handler.close();
    }
}
