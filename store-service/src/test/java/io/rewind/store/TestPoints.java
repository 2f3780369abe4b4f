package io.rewind.store;

import com.github.luben.zstd.Zstd;
import io.rewind.event.BlockRun;
import io.rewind.event.ChunkRecord;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Whole points of few streams, as records. */
public final class TestPoints {
    /** The first page of memory. */
    public static final long FIRST_PAGE = 100;

    private TestPoints() {}

    /** A full point whose memory is the chunk's blocks, with the records that it needs. */
    public static List<SpecificRecord> full(int point, ChunkRecord... chunks) {
        return records(point, Optional.empty(), List.of(chunks), memory(chunks));
    }

    /** Likewise, with a file that the last of the chunks holds. */
    public static List<SpecificRecord> withFile(int point, String path, ChunkRecord... chunks) {
        ChunkRecord last = chunks[chunks.length - 1];
        List<ChunkRecord> before = List.of(chunks).subList(0, chunks.length - 1);
        StreamChange memory = memory(before.toArray(ChunkRecord[]::new));
        StreamChange file = file(path, last.getBlocks(), chunks.length - 1);
        return records(point, Optional.empty(), List.of(chunks), memory, file);
    }

    /** A delta that puts the chunk's blocks over the first pages. */
    public static List<SpecificRecord> delta(int point, int parent, long pages, ChunkRecord chunk) {
        StreamChange memory =
                stream(StreamKind.MEMORY, "1", pages, List.of(new BlockRun(FIRST_PAGE, chunk.getBlocks(), 0, 0)));
        return records(point, Optional.of(parent), List.of(chunk), memory);
    }

    /** A delta that changes these pages, in this order, to the chunk's blocks. */
    public static List<SpecificRecord> scattered(
            int point, int parent, long inAll, List<Long> pages, ChunkRecord chunk) {
        List<BlockRun> runs = new ArrayList<>();
        for (long page : pages) {
            runs.add(new BlockRun(FIRST_PAGE + page, 1, 0, runs.size()));
        }
        return records(point, Optional.of(parent), List.of(chunk), stream(StreamKind.MEMORY, "1", inAll, runs));
    }

    private static List<SpecificRecord> records(
            int point, Optional<Integer> parent, List<ChunkRecord> chunks, StreamChange... streams) {
        List<SpecificRecord> records = new ArrayList<>(chunks);
        List<ChunkId> ids =
                chunks.stream().map(chunk -> ChunkId.read(chunk.getId())).toList();
        records.add(TestRecords.part(point, 0, ids, List.of(streams)));
        records.add(TestRecords.record(point, parent, 1));
        return records;
    }

    private static StreamChange memory(ChunkRecord... chunks) {
        List<BlockRun> runs = new ArrayList<>();
        long pages = 0;
        for (int i = 0; i < chunks.length; i++) {
            runs.add(new BlockRun(FIRST_PAGE + pages, chunks[i].getBlocks(), i, 0));
            pages += chunks[i].getBlocks();
        }
        return stream(StreamKind.MEMORY, "1", pages, runs);
    }

    private static StreamChange file(String path, int blocks, int chunk) {
        FileMeta meta = FileMeta.newBuilder()
                .setType(FileType.FILE)
                .setMode(0644)
                .setUid(0)
                .setGid(0)
                .setMtimeNanos(1)
                .setSize((long) blocks * Block.SIZE)
                .setTarget(ByteBuffer.allocate(0))
                .setXattrs(List.of())
                .setDigest(ByteBuffer.allocate(0))
                .build();
        return StreamChange.newBuilder(stream(StreamKind.UPPER, path, 0, List.of(new BlockRun(0L, blocks, chunk, 0))))
                .setMeta(meta)
                .build();
    }

    private static StreamChange stream(StreamKind kind, String name, long size, List<BlockRun> runs) {
        return StreamChange.newBuilder()
                .setKind(kind)
                .setTree("")
                .setName(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)))
                .setRemoved(false)
                .setSize(size)
                .setDigest(ByteBuffer.allocate(0))
                .setRuns(runs)
                .build();
    }

    public static byte[] sealed(ChunkRecord chunk) {
        byte[] bytes = new byte[chunk.getBody().remaining()];
        chunk.getBody().duplicate().get(bytes);
        return bytes;
    }

    public static byte[] opened(ChunkRecord chunk) {
        return Zstd.decompress(sealed(chunk), chunk.getRawSize());
    }
}
