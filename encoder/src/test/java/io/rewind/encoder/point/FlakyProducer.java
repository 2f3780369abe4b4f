package io.rewind.encoder.point;

import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Acknowledges everything at once, but loses the record it is told to lose. */
final class FlakyProducer extends MockProducer<byte[], byte[]> {
    private int loseAfter = -1;

    FlakyProducer() {
        super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Loses one record after {@code records} more. */
    void loseAfter(int records) {
        loseAfter = records;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (loseAfter-- == 0) {
            throw new TimeoutException("lost");
        }
        return super.send(record, callback);
    }
}
