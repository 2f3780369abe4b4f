package io.rewind.store.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.BlockRun;
import io.rewind.event.ChunkRecord;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.client.ClientFault;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two points' memory compared by the store, over the wire. */
class CompareMemoryTest {
    private static final ChunkRecord CHUNK = TestRecords.chunk(List.of(11L, 12L, 13L));
    private static final int PAGES = 40_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void whatWasWrittenInBetweenIsUnlike_alsoWhereItTakesSeveralMessages() {
        ChunkId id = ChunkId.read(CHUNK.getId());
        List<BlockRun> everySecond = IntStream.range(0, PAGES / 2)
                .mapToObj(i -> new BlockRun(2L * i + 1, 1, 0, 1))
                .toList();
        try (TestStore store = new TestStore(folder)) {
            store.append(List.of(
                    CHUNK,
                    TestRecords.part(
                            1,
                            0,
                            List.of(id),
                            List.of(
                                    memory("1", List.of(new BlockRun(0L, PAGES, -1, 0))),
                                    memory("2", List.of(new BlockRun(0L, PAGES, -1, 0))))),
                    TestRecords.record(1, Optional.empty(), 1),
                    TestRecords.part(2, 0, List.of(id), List.of(memory("1", everySecond))),
                    TestRecords.record(2, Optional.of(1), 1)));
            store.catchUp();
            PageRanges.Builder expected = new PageRanges.Builder();
            everySecond.forEach(run -> expected.add(run.getFirst(), run.getFirst() + 1));
            String one = TestRecords.pointId(1);
            String other = TestRecords.pointId(2);
            assertThat(store.client().unlike(TestRecords.TIMELINE, one, other))
                    .containsOnlyKeys("1")
                    .hasEntrySatisfying(
                            "1",
                            pages -> assertThat(pages)
                                    .hasToString(expected.build().toString()));
            assertThat(store.client().unlike(TestRecords.TIMELINE, other, other))
                    .isEmpty();
            assertThatThrownBy(() -> store.client().unlike(TestRecords.TIMELINE, one, TestRecords.pointId(3)))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.POINT_UNKNOWN));
        }
    }

    private static StreamChange memory(String space, List<BlockRun> runs) {
        return StreamChange.newBuilder()
                .setKind(StreamKind.MEMORY)
                .setTree("")
                .setName(ByteBuffer.wrap(space.getBytes(StandardCharsets.UTF_8)))
                .setRemoved(false)
                .setMeta(null)
                .setSize(PAGES)
                .setDigest(ByteBuffer.allocate(0))
                .setRuns(runs)
                .build();
    }
}
