package io.rewind.store.takeover;

import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.metrics.StoreMetrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when records are gone that the store would have needed next: its disk is empty, or older than what Kafka keeps.
 * They are counted; and once everything that was left is taken, the points they were of are said to be lost (I6). That
 * this is still to be done outlives the process.
 */
public final class MissedRecords implements PartitionHandler {
    private static final byte[] KEY = "missed".getBytes(StandardCharsets.US_ASCII);
    private static final Logger log = LoggerFactory.getLogger(MissedRecords.class);

    private final PartitionHandler ingest;
    private final Database database;
    private final LostPoints lost;
    private final LongSupplier end;
    private final StoreMetrics metrics;
    /** The record that should come next. */
    private long expected;
    /** Up to here the topic went when records were found to be missing; what is not here then is lost. */
    private OptionalLong left = OptionalLong.empty();

    /** @param end offset after the partition's newest record */
    public MissedRecords(
            PartitionHandler ingest, Database database, LostPoints lost, LongSupplier end, StoreMetrics metrics) {
        this.ingest = ingest;
        this.database = database;
        this.lost = lost;
        this.end = end;
        this.metrics = metrics;
        this.expected = ingest.startOffset().orElse(0);
        database.get(Family.META, KEY)
                .ifPresent(
                        value -> left = OptionalLong.of(ByteBuffer.wrap(value).getLong()));
    }

    @Override
    public OptionalLong startOffset() {
        return ingest.startOffset();
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        if (record.offset() > expected) {
            missed(record);
        }
        expected = Math.max(expected, record.offset() + 1);
        ingest.accept(record);
    }

    private void missed(ConsumerRecord<byte[], byte[]> first) {
        long known = end.getAsLong();
        try (Commit batch = database.begin()) {
            batch.put(
                    Family.META,
                    KEY,
                    ByteBuffer.allocate(Long.BYTES).putLong(known).array());
            batch.write();
        }
        left = OptionalLong.of(known);
        metrics.missed(first.offset() - expected);
        log.warn(
                "partition {}: the {} records before offset {} are gone from {}, and this store never had them: what they"
                        + " were of is lost, unless a backup or the disk of another store has it",
                first.partition(),
                first.offset() - expected,
                first.offset(),
                first.topic());
    }

    @Override
    public OptionalLong settle() {
        OptionalLong next = ingest.settle();
        if (left.isPresent() && next.orElse(0) >= left.getAsLong()) {
            lost.announce();
            try (Commit batch = database.begin()) {
                batch.delete(Family.META, KEY);
                batch.write();
            }
            left = OptionalLong.empty();
        }
        return next;
    }

    @Override
    public void close() {
        ingest.close();
    }
}
