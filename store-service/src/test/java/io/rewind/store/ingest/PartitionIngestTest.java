package io.rewind.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.BlockRun;
import io.rewind.event.CaptureGap;
import io.rewind.event.ChunkRecord;
import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointMapPart;
import io.rewind.event.PointRecord;
import io.rewind.event.Rebase;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.event.Watch;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.client.ClientFault;
import io.rewind.schemas.client.StreamPart;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.ContentFault;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.wire.Wire;
import io.rewind.schemas.wire.WireFault;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import io.rewind.store.announce.Announcement;
import io.rewind.store.fault.StoreFault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionIngestTest {
    private static final ChunkRecord CHUNK = TestRecords.chunk(List.of(11L, 12L, 13L));
    private static final ChunkId ID = ChunkId.read(CHUNK.getId());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static StreamChange memory(long pages, BlockRun... runs) {
        return stream(StreamKind.MEMORY, "1", pages, runs);
    }

    private static StreamChange stream(StreamKind kind, String name, long size, BlockRun... runs) {
        return StreamChange.newBuilder()
                .setKind(kind)
                .setTree("")
                .setName(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)))
                .setRemoved(false)
                .setSize(size)
                .setDigest(ByteBuffer.allocate(0))
                .setRuns(List.of(runs))
                .build();
    }

    private void send(SpecificRecord... records) {
        store.append(List.of(records));
        store.catchUp();
    }

    /** Chunk, part and record of a full point of three pages. */
    private void sendPoint(int point) {
        send(
                CHUNK,
                TestRecords.part(point, 0, List.of(ID), List.of(memory(3, new BlockRun(100L, 3, 0, 0)))),
                TestRecords.record(point, Optional.empty(), 1));
    }

    private <T extends SpecificRecord> List<T> said(List<Announcement> where, Class<T> kind) {
        return where.stream()
                .map(a -> Wire.decode(a.bytes()))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private void assertRejected(int point, FaultCode code) {
        List<Gap> gaps = said(store.feed().points(), Gap.class);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.getFirst().getCode()).isEqualTo(code.name());
        assertThat(gaps.getFirst().getPoint()).isEqualTo(TestRecords.pointId(point));
        assertThat(said(store.feed().control(), Rebase.class))
                .singleElement()
                .satisfies(rebase -> assertThat(rebase.getTimeline()).isEqualTo(TestRecords.TIMELINE));
        assertThatThrownBy(() -> store.client().point(TestRecords.TIMELINE, TestRecords.pointId(point)))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.POINT_UNKNOWN));
    }

    @Test
    void announcesWhatItHasAndCountsItsBytes() {
        sendPoint(1);
        List<PointCommitted> announced = said(store.feed().points(), PointCommitted.class);
        assertThat(announced).hasSize(1);
        assertThat(announced.getFirst().getStoredBytes())
                .isGreaterThan(CHUNK.getBody().remaining());
        assertThat(store.client().points(TestRecords.TIMELINE)).isEqualTo(announced);
        assertThat(store.client().timelines("counter")).hasSize(1);
        assertThat(store.client().timelines(TestRecords.TIMELINE.substring(0, 12)))
                .singleElement()
                .satisfies(t -> assertThat(t.newestPoint()).isEqualTo(TestRecords.pointId(1)));
        assertThat(store.client().timelines("another")).isEmpty();
    }

    @Test
    void I3_aPointIsRejectedWhenItsChunkIsMissing() {
        sendWithoutChunk();
        assertRejected(1, StoreFault.CHUNK_MISSING);
    }

    @Test
    void I3_patchesAreTakenOnlyWithWhatTheyLieOver() {
        ChunkRecord patches = TestRecords.patches(ID, false, List.of(2, 0), 14);
        store.append(List.of(patches));
        assertDeadLetter(Wire.encode(patches), StoreFault.CHUNK_MISSING);
        store.settle();
        sendPatched(ChunkId.read(patches.getId()));
        assertRejected(1, StoreFault.CHUNK_MISSING);
    }

    private void sendPatched(ChunkId id) {
        send(
                TestRecords.part(1, 0, List.of(ID, id), List.of(memory(2, new BlockRun(100L, 2, 1, 0)))),
                TestRecords.record(1, Optional.empty(), 1));
    }

    @Test
    void patchesAreToldFromWholeBlocksAndReadBack() {
        ChunkRecord patches = TestRecords.patches(ID, false, List.of(2, 0), 14);
        ChunkId id = ChunkId.read(patches.getId());
        ChunkRecord upper = TestRecords.patches(id, true, List.of(1), 15);
        send(CHUNK, patches, upper);
        sendPatched(id);
        List<StreamPart> parts = new ArrayList<>();
        store.client().point(TestRecords.TIMELINE, TestRecords.pointId(1)).streams(parts::add);
        assertThat(parts).singleElement().satisfies(part -> {
            assertThat(part.chunks()).containsExactly(id);
            assertThat(part.patches()).containsExactly(id);
        });
        List<ChunkBody> bodies = new ArrayList<>();
        store.client()
                .chunks(TestRecords.TIMELINE, List.of(id, ChunkId.read(upper.getId())), (_, body) -> bodies.add(body));
        assertThat(bodies.get(0).sources()).containsExactly(ID);
        assertThat(bodies.get(1).sources()).containsExactly(id);
    }

    @Test
    void patchesThatContradictWhatTheyLieOverAreRefused() {
        send(CHUNK);
        assertDeadLetter(Wire.encode(TestRecords.patches(ID, false, List.of(0, 3), 14)), ContentFault.CHUNK_DAMAGED);
        assertDeadLetter(Wire.encode(TestRecords.patches(ID, true, List.of(0), 14)), ContentFault.CHUNK_DAMAGED);
    }

    private void sendWithoutChunk() {
        send(
                TestRecords.part(1, 0, List.of(ID), List.of(memory(3, new BlockRun(100L, 3, 0, 0)))),
                TestRecords.record(1, Optional.empty(), 1));
    }

    @Test
    void I3_aPointIsRejectedWhenAPartIsMissing() {
        send(
                CHUNK,
                TestRecords.part(1, 1, List.of(ID), List.of(memory(3, new BlockRun(100L, 3, 0, 0)))),
                TestRecords.record(1, Optional.empty(), 2));
        assertRejected(1, StoreFault.POINT_INCOMPLETE);
    }

    @Test
    void I3_aPointIsRejectedWhenPagesAreMissing() {
        send(
                CHUNK,
                TestRecords.part(1, 0, List.of(ID), List.of(memory(4, new BlockRun(100L, 3, 0, 0)))),
                TestRecords.record(1, Optional.empty(), 1));
        assertRejected(1, StoreFault.POINT_INCOMPLETE);
    }

    @Test
    void aDeltaWithoutItsParentIsRejected() {
        send(
                CHUNK,
                TestRecords.part(2, 0, List.of(ID), List.of(memory(3, new BlockRun(100L, 3, 0, 0)))),
                TestRecords.record(2, Optional.of(1), 1));
        assertRejected(2, StoreFault.PARENT_MISSING);
    }

    @Test
    void aRunBeyondItsChunkIsRejected() {
        send(
                CHUNK,
                TestRecords.part(1, 0, List.of(ID), List.of(memory(3, new BlockRun(100L, 3, 0, 1)))),
                TestRecords.record(1, Optional.empty(), 1));
        assertRejected(1, StoreFault.POINT_INVALID);
    }

    @Test
    void I4_aRejectedPointStaysRejectedAndIsSaidOnce() {
        sendWithoutChunk();
        assertRejected(1, StoreFault.CHUNK_MISSING);
        send(CHUNK);
        Map<String, String> before = store.dump();
        store.deliver(0, store.end());
        store.settle();
        assertThat(store.dump()).isEqualTo(before);
        assertRejected(1, StoreFault.CHUNK_MISSING);
    }

    @Test
    void I4_replayChangesNothing() {
        sendPoint(1);
        sendPoint(2);
        Map<String, String> before = store.dump();
        for (int from = 0; from < store.end(); from++) {
            store.deliver(from, store.end());
            store.settle();
            assertThat(store.dump()).as("replayed from %d", from).isEqualTo(before);
        }
        assertThat(store.feed().points()).hasSize(2);
    }

    @Test
    void I5_partsOfTwoEncodersAreNotMixed() {
        PointMapPart first = part(1, 0, new BlockRun(100L, 2, 0, 0));
        PointMapPart last = part(1, 1, new BlockRun(102L, 1, 0, 2));
        PointMapPart ofAnother = part(2, 0, new BlockRun(100L, 1, 0, 0));
        PointRecord record = PointRecord.newBuilder(TestRecords.record(1, Optional.empty(), 2))
                .setEncoding(1)
                .build();

        send(CHUNK, first, ofAnother, last, record);

        assertThat(store.feed().points()).hasSize(1);
    }

    private static PointMapPart part(long encoding, int number, BlockRun run) {
        return PointMapPart.newBuilder(TestRecords.part(1, number, List.of(ID), List.of(memory(3, run))))
                .setEncoding(encoding)
                .build();
    }

    @Test
    void I4_announcedOnceWhenKilledBetweenBatchAndAnnouncement() {
        store.append(List.of(
                CHUNK,
                TestRecords.part(1, 0, List.of(ID), List.of(memory(3, new BlockRun(100L, 3, 0, 0)))),
                TestRecords.record(1, Optional.empty(), 1)));
        store.deliver(0, store.end());
        store.restart();
        assertThat(store.feed().points()).isEmpty();
        store.catchUp();
        assertThat(store.feed().points()).hasSize(1);
    }

    @Test
    void I4_announcedOnceWhenKafkaFailsBeforeOrAfterTakingIt() {
        for (boolean afterTaking : new boolean[] {false, true}) {
            int before = store.feed().points().size();
            store.feed().failNext(afterTaking);
            assertThatThrownBy(() -> sendPoint(afterTaking ? 2 : 1))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.severity()).isEqualTo(Severity.RETRYABLE));
            store.restart();
            store.catchUp();
            store.settle();
            assertThat(store.feed().points()).hasSize(before + 1);
        }
    }

    @Test
    void I4_announcedOnceWhenTheSameHandlerTriesAgain() {
        store.feed().failNext(true);
        assertThatThrownBy(() -> sendPoint(1)).isInstanceOf(Fault.class);
        store.settle();
        assertThat(store.feed().points()).hasSize(1);
    }

    @Test
    void I6_aCaptureGapIsPassedOnOnce() {
        CaptureGap gap = new CaptureGap(
                TestRecords.TIMELINE,
                "host",
                "c",
                "counter",
                Instant.ofEpochMilli(5),
                "interval",
                "UNCHANGED",
                "why",
                "0199c2f4a1b37e05");
        send(gap, gap);
        assertThat(said(store.feed().points(), Gap.class)).singleElement().satisfies(said -> {
            assertThat(said.getCode()).isEqualTo("UNCHANGED");
            assertThat(said.getPoint()).isEqualTo("0199c2f4a1b37e05");
        });
    }

    private void assertDeadLetter(byte[] value, FaultCode code) {
        assertThatThrownBy(() -> store.deliver(0, value)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.severity()).isEqualTo(Severity.REJECTED);
            assertThat(fault.code()).isEqualTo(code);
        });
    }

    @Test
    void I11_foreignAndDamagedRecordsAreRejectedAndThePartitionGoesOn() {
        store.append(List.of(CHUNK));
        assertDeadLetter("hello".getBytes(StandardCharsets.UTF_8), WireFault.FOREIGN_RECORD);
        assertThatThrownBy(() -> store.deliver(0, (byte[]) null)).isInstanceOf(Fault.class);
        assertDeadLetter(
                Wire.encode(new Watch("", "c", 5L, "me", Instant.ofEpochMilli(1))), WireFault.UNEXPECTED_RECORD);
        ByteBuffer wrong = ByteBuffer.wrap(new ChunkId(1, 1).toBytes());
        assertDeadLetter(Wire.encode(ChunkRecord.newBuilder(CHUNK).setId(wrong).build()), ContentFault.CHUNK_DAMAGED);
        for (String path : List.of("../x", "a/../b", "/a", "a//b", "a/", ".", "a\0b")) {
            StreamChange bad = StreamChange.newBuilder(stream(StreamKind.UPPER, path, 0))
                    .setRemoved(true)
                    .build();
            assertDeadLetter(Wire.encode(TestRecords.part(1, 0, List.of(), List.of(bad))), StoreFault.POINT_INVALID);
        }
        store.settle();
        assertThat(store.handler().startOffset()).hasValue(1);
        sendPoint(1);
        assertThat(store.client().points(TestRecords.TIMELINE)).hasSize(1);
    }

    @Test
    void I9_unknownAndInvalidIdsAreSaidInFaults() {
        sendPoint(1);
        assertThatThrownBy(() -> store.client().points("fedcba9876543210"))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.TIMELINE_UNKNOWN));
        assertThatThrownBy(() -> store.client().points("../etc"))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.REQUEST_INVALID));
        assertThatThrownBy(
                        () -> store.client().chunks(TestRecords.TIMELINE, List.of(new ChunkId(1, 1)), (id, body) -> {}))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.CHUNK_UNKNOWN));
    }
}
