package io.rewind.store.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.event.BlockRun;
import io.rewind.event.ChunkRecord;
import io.rewind.event.PointExpired;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import io.rewind.store.announce.Announcement;
import io.rewind.store.metrics.StoreMetrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissedRecordsTest {
    private static final int POINTS = 5;
    private static final int RECORDS_EACH = 3;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Chunk, part and record of a full point. */
    private static List<SpecificRecord> point(int number) {
        ChunkRecord chunk = TestRecords.chunk(List.of((long) number));
        StreamChange memory = StreamChange.newBuilder()
                .setKind(StreamKind.MEMORY)
                .setTree("")
                .setName(ByteBuffer.wrap("1".getBytes(StandardCharsets.UTF_8)))
                .setRemoved(false)
                .setSize(1)
                .setDigest(ByteBuffer.allocate(0))
                .setRuns(List.of(new BlockRun(100L, 1, 0, 0)))
                .build();
        return List.of(
                chunk,
                TestRecords.part(number, 0, List.of(ChunkId.read(chunk.getId())), List.of(memory)),
                TestRecords.record(number, Optional.empty(), 1));
    }

    private static List<SpecificRecord> topic() {
        return IntStream.range(0, POINTS)
                .mapToObj(MissedRecordsTest::point)
                .flatMap(List::stream)
                .toList();
    }

    private MissedRecords watched(TestStore store, boolean belongs) {
        StoreMetrics metrics = new StoreMetrics(meters);
        return new MissedRecords(
                store.handler(),
                store.database(),
                new LostPoints(store.database(), store.outbox(), store.feed(), _ -> belongs, store::now, metrics),
                () -> POINTS * RECORDS_EACH,
                metrics);
    }

    private static void deliver(MissedRecords handler, int from, int to) {
        for (int offset = from; offset < to; offset++) {
            byte[] value = Wire.encode(topic().get(offset));
            handler.accept(new ConsumerRecord<>(Topics.CHUNKS, 0, offset, new byte[0], value));
        }
        var _ = handler.settle();
    }

    /** What a store announced that had all the points, of which it let the second go. */
    private List<Announcement> announcedBefore() {
        try (TestStore predecessor = new TestStore(folder.resolve("predecessor"))) {
            predecessor.append(topic());
            predecessor.catchUp();
            predecessor.expire(List.of(1));
            predecessor.settle();
            return List.copyOf(predecessor.feed().points());
        }
    }

    private static List<String> lost(TestStore store) {
        List<String> lost = new ArrayList<>();
        for (Announcement each : store.feed().points()) {
            if (Wire.decode(each.bytes()) instanceof PointExpired gone
                    && gone.getReason().equals("lost")) {
                lost.add(gone.getPoint());
            }
        }
        return lost;
    }

    private double missed() {
        return meters.get("rewind_store_records_missed_total").counter().count();
    }

    @Test
    void I6_pointsOfWhichKafkaNoLongerHasTheRecordsAreSaidToBeLostOnceTheRestIsTaken() {
        List<Announcement> before = announcedBefore();
        try (TestStore store = new TestStore(folder.resolve("successor"))) {
            store.feed().points().addAll(before);
            MissedRecords handler = watched(store, true);
            int begin = 3 * RECORDS_EACH;
            deliver(handler, begin, begin + RECORDS_EACH);
            store.settle();
            assertThat(lost(store)).as("the fifth may still come").isEmpty();
            store.restart();
            handler = watched(store, true);
            deliver(handler, begin + RECORDS_EACH, POINTS * RECORDS_EACH);
            for (int again = 0; again < 3; again++) {
                var _ = handler.settle();
            }
            // The second is known to be gone.
            assertThat(lost(store)).containsExactly(TestRecords.pointId(0), TestRecords.pointId(2));
            assertThat(store.client().points(TestRecords.TIMELINE))
                    .extracting(point -> point.getHeader().getPoint())
                    .containsExactly(TestRecords.pointId(3), TestRecords.pointId(4));
            assertThat(missed()).isEqualTo(begin);
        }
    }

    @Test
    void timelinesOfOtherPartitionsAreNotLost() {
        List<Announcement> before = announcedBefore();
        try (TestStore store = new TestStore(folder.resolve("successor"))) {
            store.feed().points().addAll(before);
            MissedRecords handler = watched(store, false);
            deliver(handler, POINTS * RECORDS_EACH - RECORDS_EACH, POINTS * RECORDS_EACH);
            deliver(handler, 0, 0);
            assertThat(lost(store)).isEmpty();
        }
    }

    @Test
    void whoHasMissedNothingSaysNothing() {
        try (TestStore store = new TestStore(folder.resolve("store"))) {
            MissedRecords handler = watched(store, true);
            deliver(handler, 0, RECORDS_EACH);
            deliver(handler, 0, POINTS * RECORDS_EACH);
            deliver(handler, 0, 0);
            assertThat(lost(store)).isEmpty();
            assertThat(missed()).isZero();
        }
    }
}
