package io.rewind.restore.request;

import io.rewind.event.RestoreRequested;
import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.schemas.wire.Wire;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The requests of one partition; an offset counts once the request before it is safe. */
final class Requests implements PartitionHandler {
    private final Consumer<RestoreRequested> taker;
    private OptionalLong next = OptionalLong.empty();

    /** @param taker returns when the request is safe, or is none of its own */
    Requests(Consumer<RestoreRequested> taker) {
        this.taker = taker;
    }

    @Override
    public OptionalLong startOffset() {
        return OptionalLong.empty();
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        // Set first: a record that is rejected is passed over. One to be tried again comes again with its offset.
        OptionalLong before = next;
        next = OptionalLong.of(record.offset() + 1);
        RestoreRequested request =
                Wire.decode(record.value() == null ? new byte[0] : record.value(), RestoreRequested.class);
        try {
            taker.accept(request);
        } catch (RuntimeException e) {
            next = before;
            throw e;
        }
    }

    @Override
    public OptionalLong settle() {
        return next;
    }

    @Override
    public void close() {}
}
