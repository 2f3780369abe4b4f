package io.rewind.store;

import com.github.luben.zstd.Zstd;
import io.rewind.event.ChunkRecord;
import io.rewind.event.Fingerprint;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PointMapPart;
import io.rewind.event.PointRecord;
import io.rewind.event.StreamChange;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Records as the encoder would send them. */
public final class TestRecords {
    public static final String TIMELINE = "0123456789abcdef";
    public static final int BLOCK = 8;
    /** When the point numbered 0 was captured. */
    public static final long FIRST_MILLIS = 1_000_000;

    private TestRecords() {}

    /** A chunk of blocks of {@value #BLOCK} bytes, each holding one of the numbers. */
    public static ChunkRecord chunk(List<Long> contents) {
        ByteBuffer body = ByteBuffer.allocate(contents.size() * (2 + BLOCK));
        body.order(ByteOrder.LITTLE_ENDIAN);
        contents.forEach(_ -> body.putShort((short) BLOCK));
        body.order(ByteOrder.BIG_ENDIAN);
        contents.forEach(body::putLong);
        ChunkId id = ChunkBody.of(body.array(), contents.size()).id();
        return new ChunkRecord(
                TIMELINE,
                ByteBuffer.wrap(id.toBytes()),
                contents.size(),
                body.capacity(),
                ByteBuffer.wrap(Zstd.compress(body.array())));
    }

    /** A chunk of whole pages that do not compress. */
    public static ChunkRecord noise(long seed, int pages) {
        byte[] content = new byte[pages * Block.SIZE];
        new Random(seed).nextBytes(content);
        ByteBuffer body =
                ByteBuffer.allocate(pages * Short.BYTES + content.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int page = 0; page < pages; page++) {
            body.putShort((short) Block.SIZE);
        }
        ChunkId id = ChunkBody.of(body.put(content).array(), pages).id();
        return new ChunkRecord(
                TIMELINE,
                ByteBuffer.wrap(id.toBytes()),
                pages,
                body.capacity(),
                ByteBuffer.wrap(Zstd.compress(body.array())));
    }

    /** A patch for each of these blocks of the chunk, all of which become the number. */
    public static ChunkRecord patches(ChunkId over, boolean overPatches, List<Integer> blocks, long number) {
        ByteBuffer body = ByteBuffer.allocate(6 + ChunkId.BYTES + blocks.size() * (6 + 2 + BLOCK))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort((short) (overPatches ? 0 : 1))
                .putShort((short) (overPatches ? 1 : 0))
                .put(over.toBytes());
        blocks.forEach(_ -> body.putShort((short) 0));
        blocks.forEach(block -> body.putShort(block.shortValue()));
        blocks.forEach(_ -> body.putShort((short) (2 + BLOCK)));
        body.order(ByteOrder.BIG_ENDIAN);
        blocks.forEach(_ -> body.put((byte) 0).put((byte) BLOCK).putLong(number));
        ChunkId id = ChunkId.of(body.flip());
        return new ChunkRecord(
                TIMELINE,
                ByteBuffer.wrap(id.toBytes()),
                blocks.size(),
                body.capacity(),
                ByteBuffer.wrap(Zstd.compress(body.array())));
    }

    public static String pointId(int number) {
        return String.format("%012x0000", FIRST_MILLIS + number);
    }

    public static PointMapPart part(int point, int part, List<ChunkId> chunks, List<StreamChange> streams) {
        return new PointMapPart(
                TIMELINE,
                pointId(point),
                part,
                chunks.stream().map(id -> ByteBuffer.wrap(id.toBytes())).toList(),
                streams,
                0L);
    }

    public static PointRecord record(int point, Optional<Integer> parent, int parts) {
        PointHeader header = PointHeader.newBuilder()
                .setTimeline(TIMELINE)
                .setPoint(pointId(point))
                .setKind(parent.isPresent() ? PointKind.DELTA : PointKind.FULL)
                .setParent(parent.map(TestRecords::pointId).orElse(null))
                .setHost("host")
                .setContainer(TIMELINE + TIMELINE)
                .setName("counter")
                .setImage("image")
                .setIncarnation(1)
                .setCaptured(Instant.ofEpochMilli(FIRST_MILLIS + point))
                .setFrozenNanos(1)
                .setTrigger("interval")
                .setTracker("FullScan")
                .setFingerprint(new Fingerprint("k", "a", "c", "4.2", ""))
                .setPages(0)
                .setChangedPages(0)
                .setFiles(0)
                .setChangedFiles(0)
                .setRawBytes(0)
                .build();
        return new PointRecord(header, ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)), parts, 0L, 0L);
    }
}
