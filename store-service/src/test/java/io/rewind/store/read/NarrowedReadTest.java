package io.rewind.store.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.BlockRun;
import io.rewind.event.ChunkRecord;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.client.ClientFault;
import io.rewind.schemas.client.Selection;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client may ask for some streams of a point only. */
class NarrowedReadTest {
    private static final int PAGES = 40;
    private static final ChunkRecord PAGES_CHUNK = TestRecords.noise(4711, PAGES);
    private static final ChunkRecord CHUNK = TestRecords.chunk(List.of(11L, 12L, 13L));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
        ChunkId id = ChunkId.read(CHUNK.getId());
        store.append(List.of(
                CHUNK,
                PAGES_CHUNK,
                TestRecords.part(
                        1,
                        0,
                        List.of(id),
                        List.of(
                                stream(StreamKind.MEMORY, "1", 3, Optional.empty(), new BlockRun(100L, 3, 0, 0)),
                                entry("", FileType.DIRECTORY, 0),
                                entry("a", FileType.DIRECTORY, 0),
                                entry("a-b", FileType.FILE, 8, new BlockRun(0L, 1, 0, 1)),
                                entry("a/b", FileType.FILE, 8, new BlockRun(0L, 1, 0, 2)))),
                TestRecords.record(1, Optional.empty(), 1)));
        store.catchUp();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static StreamChange entry(String path, FileType type, long size, BlockRun... runs) {
        FileMeta meta = FileMeta.newBuilder()
                .setType(type)
                .setMode(0644)
                .setUid(0)
                .setGid(0)
                .setMtimeNanos(0)
                .setSize(size)
                .setTarget(ByteBuffer.allocate(0))
                .setXattrs(List.of())
                .setDigest(ByteBuffer.allocate(0))
                .build();
        return stream(StreamKind.UPPER, path, 0, Optional.of(meta), runs);
    }

    private static StreamChange stream(
            StreamKind kind, String name, long size, Optional<FileMeta> meta, BlockRun... runs) {
        return StreamChange.newBuilder()
                .setKind(kind)
                .setTree("")
                .setName(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)))
                .setRemoved(false)
                .setMeta(meta.orElse(null))
                .setSize(size)
                .setDigest(ByteBuffer.allocate(0))
                .setRuns(List.of(runs))
                .build();
    }

    private List<StreamChange> read(Selection selection) {
        List<StreamChange> streams = new ArrayList<>();
        store.client()
                .point(TestRecords.TIMELINE, TestRecords.pointId(1))
                .streams(selection, part -> streams.add(part.change()));
        return streams;
    }

    private static List<String> names(List<StreamChange> streams) {
        return streams.stream()
                .map(s -> StandardCharsets.UTF_8.decode(s.getName().duplicate()).toString())
                .toList();
    }

    @Test
    void aKindABranchOrWithoutWhereItLies() {
        assertThat(names(read(Selection.ALL))).containsExactly("1", "", "a", "a-b", "a/b");
        assertThat(names(read(Selection.of(StreamKind.MEMORY)))).containsExactly("1");
        assertThat(names(read(Selection.of(StreamKind.UPPER, "", "a".getBytes(StandardCharsets.UTF_8)))))
                .containsExactly("", "a", "a/b");
        assertThat(read(Selection.of(StreamKind.UPPER)))
                .anyMatch(s -> !s.getRuns().isEmpty());
        assertThat(read(Selection.ALL.withoutRuns()))
                .hasSize(5)
                .allMatch(s -> s.getRuns().isEmpty());
    }

    @Test
    void someBlocksOfAChunkComeAlone() {
        BlockBody whole = blocks(new BitSet());
        assertThat(whole.blocks()).isEqualTo(PAGES);
        BitSet only = BitSet.valueOf(new long[] {1L << 1 | 1L << 2 | 1L << (PAGES - 1)});
        BlockBody some = blocks(only);
        assertThat(some.blocks()).isEqualTo(PAGES);
        assertThat(some.bytes()).hasSize(3 * (2 + Block.SIZE));
        for (int i = 0; i < PAGES; i++) {
            assertThat(some.length(i)).isEqualTo(only.get(i) ? Block.SIZE : 0);
            assertThat(Arrays.copyOfRange(some.bytes(), some.offset(i), some.offset(i) + some.length(i)))
                    .isEqualTo(Arrays.copyOfRange(whole.bytes(), whole.offset(i), whole.offset(i) + some.length(i)));
        }
    }

    @Test
    void whereNearlyAllBlocksAreWantedTheChunkComesAsItLies() {
        BitSet most = new BitSet();
        most.set(0, PAGES);
        assertThat(blocks(most).bytes()).isEqualTo(blocks(new BitSet()).bytes());
    }

    @Test
    void blocksThatAChunkDoesNotHaveAreAFault() {
        BitSet beyond = new BitSet();
        beyond.set(PAGES);
        assertThatThrownBy(() -> blocks(beyond)).isInstanceOf(Fault.class).hasMessageContaining("no block " + PAGES);
    }

    @Test
    void patchesAreNamedWithAllThatTheyLieOver() {
        ChunkRecord lowest = TestRecords.patches(ChunkId.read(CHUNK.getId()), false, List.of(0, 1), 21);
        ChunkRecord middle = TestRecords.patches(ChunkId.read(lowest.getId()), true, List.of(0, 1), 22);
        ChunkRecord beside = TestRecords.patches(ChunkId.read(lowest.getId()), true, List.of(1), 23);
        ChunkRecord topmost = TestRecords.patches(ChunkId.read(middle.getId()), true, List.of(1), 24);
        store.append(List.of(lowest, middle, beside, topmost));
        store.catchUp();
        assertThat(below(topmost)).containsExactlyInAnyOrder(middle.getId(), lowest.getId());
        assertThat(below(topmost, beside)).containsExactlyInAnyOrder(middle.getId(), lowest.getId());
        assertThat(below(middle, lowest)).isEmpty();
        ChunkRecord unknown = TestRecords.chunk(List.of(99L));
        assertThatThrownBy(() -> below(unknown))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.CHUNK_UNKNOWN));
    }

    private List<ByteBuffer> below(ChunkRecord... patches) {
        return store
                .client()
                .patchesBelow(
                        TestRecords.TIMELINE,
                        Arrays.stream(patches)
                                .map(patch -> ChunkId.read(patch.getId()))
                                .toList())
                .stream()
                .map(id -> ByteBuffer.wrap(id.toBytes()))
                .toList();
    }

    private BlockBody blocks(BitSet only) {
        List<ChunkBody> came = new ArrayList<>();
        store.client()
                .blocks(
                        TestRecords.TIMELINE,
                        Map.of(ChunkId.read(PAGES_CHUNK.getId()), only),
                        (id, body) -> came.add(body));
        assertThat(came).hasSize(1);
        return (BlockBody) came.getFirst();
    }

    @Test
    void I9_aNameThatNoStreamHasIsRefused() {
        assertThatThrownBy(() -> read(Selection.of(StreamKind.UPPER, "", "../x".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.REQUEST_INVALID));
    }
}
