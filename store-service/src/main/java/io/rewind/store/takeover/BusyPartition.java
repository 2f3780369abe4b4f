package io.rewind.store.takeover;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.PartitionHandler;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Of a partition that another store still has open: it may have been taken for dead, and not know yet. Takes nothing; as
 * settling fails, the loop asks for another handler soon, until the partition can be opened.
 *
 * @param why PARTITION_BUSY, RETRYABLE
 */
public record BusyPartition(Fault why) implements PartitionHandler {
    @Override
    public OptionalLong startOffset() {
        return OptionalLong.empty();
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        throw why;
    }

    @Override
    public OptionalLong settle() {
        throw why;
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
