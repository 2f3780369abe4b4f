package io.rewind.runtime.kafka;

import io.rewind.runtime.fault.Fault;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The work on one assigned partition. All calls come from the loop's one thread; a handler lives from assignment
 * to loss of its partition, or until settling fails.
 */
public interface PartitionHandler extends AutoCloseable {
    /** Where to go on; empty: where the group committed. */
    OptionalLong startOffset();

    /**
     * Takes one record.
     *
     * @throws Fault REJECTED: the record is reported and passed over; RETRYABLE: it is delivered again later; FATAL:
     *     the loop stops
     */
    void accept(ConsumerRecord<byte[], byte[]> record);

    /**
     * Called between polls, at least every {@link PartitionLoop#IDLE_POLL}, also when nothing came. Makes durable
     * what was taken.
     *
     * @return the offset from which a successor must be delivered records; everything before it has had its effect.
     *     Empty: nothing was taken yet
     * @throws Fault RETRYABLE: the handler is closed, and a fresh one gets everything again from the offset committed
     *     last (or its own {@link #startOffset}); FATAL: the loop stops
     */
    OptionalLong settle();

    /** Releases what the handler holds, without finishing anything. */
    @Override
    void close();
}
