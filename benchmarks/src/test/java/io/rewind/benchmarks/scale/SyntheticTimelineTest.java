package io.rewind.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.BlockRun;
import io.rewind.event.ChunkRecord;
import io.rewind.event.PointKind;
import io.rewind.event.PointMapPart;
import io.rewind.event.PointRecord;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class SyntheticTimelineTest {
    private static final Instant BEGIN = Instant.ofEpochSecond(1_000_000);
    private static final int PAGES = 1_000;
    private static final int MEBI = 1 << 20;

    private final SyntheticTimeline timeline = new SyntheticTimeline(7, BEGIN, PAGES);
    private final Map<Long, byte[]> memory = new HashMap<>();

    @Test
    void theFirstPointIsFullAndTheOthersBuildOnTheOneBefore() {
        PointRecord first = play(timeline.next());
        PointRecord second = play(timeline.next());
        PointRecord third = play(timeline.next());

        assertThat(first.getHeader().getKind()).isEqualTo(PointKind.FULL);
        assertThat(first.getHeader().getParent()).isEmpty();
        assertThat(memory).hasSize(PAGES);
        assertThat(second.getHeader().getKind()).isEqualTo(PointKind.DELTA);
        assertThat(second.getHeader().getParent()).contains(first.getHeader().getPoint());
        assertThat(third.getHeader().getParent()).contains(second.getHeader().getPoint());
        assertThat(third.getHeader().getChangedPages()).isEqualTo(PAGES / SyntheticTimeline.ONE_IN);
    }

    @Test
    void everyRecordFitsABroker() {
        assertThat(timeline.next())
                .allSatisfy(record -> assertThat(record.length).isLessThan(MEBI));
    }

    @Test
    void twoTimelinesAreTwo() {
        assertThat(new SyntheticTimeline(8, BEGIN, PAGES).id()).isNotEqualTo(timeline.id());
    }

    /** Applies a point as a store and a restore would, and checks what they would check. */
    private PointRecord play(List<byte[]> records) {
        Map<ChunkId, ChunkBody> chunks = new HashMap<>();
        List<PointMapPart> parts = new ArrayList<>();
        for (byte[] bytes : records) {
            SpecificRecord record = Wire.decode(bytes);
            if (record instanceof ChunkRecord chunk) {
                ChunkId id = ChunkId.read(chunk.getId());
                chunks.put(id, ChunkBody.open(id, chunk.getBlocks(), chunk.getRawSize(), bytes(chunk.getBody())));
            } else if (record instanceof PointMapPart part) {
                parts.add(part);
                apply(part, chunks);
            } else if (record instanceof PointRecord point) {
                assertThat(parts).hasSize(point.getParts());
                BlockDigest whole = memory.entrySet().stream()
                        .map(page -> BlockDigest.of(page.getKey(), page.getValue(), 0, Block.SIZE))
                        .reduce(BlockDigest.EMPTY, BlockDigest::plus);
                assertThat(BlockDigest.read(
                                parts.getFirst().getStreams().getFirst().getDigest()))
                        .isEqualTo(whole);
                return point;
            }
        }
        throw new AssertionError("no point");
    }

    private void apply(PointMapPart part, Map<ChunkId, ChunkBody> chunks) {
        for (BlockRun run : part.getStreams().getFirst().getRuns()) {
            BlockBody body = (BlockBody) Objects.requireNonNull(
                    chunks.get(ChunkId.read(part.getChunks().get(run.getChunk()))));
            for (int i = 0; i < run.getCount(); i++) {
                int from = body.offset(run.getAt() + i);
                byte[] page = new byte[Block.SIZE];
                System.arraycopy(body.bytes(), from, page, 0, Block.SIZE);
                memory.put(run.getFirst() + i, page);
            }
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
