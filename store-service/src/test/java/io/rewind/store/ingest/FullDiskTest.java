package io.rewind.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.event.ChunkRecord;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.TestRecords;
import io.rewind.store.TestUpkeep;
import io.rewind.store.announce.InMemoryFeed;
import io.rewind.store.announce.Outbox;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.database.MemoryDatabase;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.metrics.StoreMetrics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class FullDiskTest {
    private static final ChunkRecord CHUNK = TestRecords.chunk(List.of(1L, 2L));

    private boolean full;
    private final MemoryDatabase disk = new MemoryDatabase(() -> {
        if (full) {
            throw new Fault(StoreFault.STORE_FULL, Severity.RETRYABLE, "no room on purpose");
        }
    });

    private PartitionIngest ingest() {
        StoreMetrics metrics = new StoreMetrics(new SimpleMeterRegistry());
        Outbox outbox = new Outbox(disk, new InMemoryFeed());
        return new PartitionIngest(
                disk,
                new RocksChunkBodies(),
                outbox,
                1 << 20,
                TestUpkeep.of(disk, outbox, metrics),
                new Room(() -> Long.MAX_VALUE, 0, metrics),
                metrics,
                () -> {});
    }

    /** The loop delivers it again; but first it settles, and may then die. */
    @Test
    void I4_aRecordThatFoundNoRoomIsNotPassedOver() {
        PartitionIngest ingest = ingest();
        full = true;
        assertThatThrownBy(
                        () -> ingest.accept(new ConsumerRecord<>(Topics.CHUNKS, 0, 7, new byte[0], Wire.encode(CHUNK))))
                .isInstanceOfSatisfying(
                        Fault.class, f -> assertThat(f.severity()).isEqualTo(Severity.RETRYABLE));
        full = false;
        assertThat(ingest.settle()).isEmpty();
        PartitionIngest next = ingest();
        assertThat(next.startOffset()).hasValue(0);
        next.accept(new ConsumerRecord<>(Topics.CHUNKS, 0, 7, new byte[0], Wire.encode(CHUNK)));
        assertThat(next.settle()).hasValue(8);
        assertThat(ChunkEntry.find(ChunkId.read(CHUNK.getId()), disk)).isPresent();
    }

    /** Whoever dies between writing and syncing leaves what its successor must sync before it announces. */
    @Test
    void I3_aSuccessorSyncsWhatItFinds() {
        ingest().accept(new ConsumerRecord<>(Topics.CHUNKS, 0, 7, new byte[0], Wire.encode(CHUNK)));
        assertThat(disk.unsynced()).isPositive();
        assertThat(ingest().settle()).hasValue(8);
        assertThat(disk.unsynced()).isZero();
    }
}
