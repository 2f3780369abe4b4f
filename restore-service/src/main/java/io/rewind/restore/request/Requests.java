package io.rewind.restore.request;

import io.rewind.event.RestoreRequested;
import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.schemas.wire.Wire;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The requests of one partition; an offset counts once the request before it is in a journal. */
final class Requests implements PartitionHandler {
    private final Restores restores;
    private OptionalLong next = OptionalLong.empty();

    Requests(Restores restores) {
        this.restores = restores;
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
            restores.accept(request);
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
