package io.rewind.benchmarks.content;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import io.rewind.event.ChunkRecord;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A way to make chunks of what points hold. Chunks of patches stay as large as the encoder made them. */
final class Cut implements AutoCloseable {
    private static final String TIMELINE = "0".repeat(12);

    private final int chunkBlocks;
    private final ZstdCompressCtx forPatches = new ZstdCompressCtx();
    private final ZstdCompressCtx forBlocks = new ZstdCompressCtx();

    /**
     * @param chunkBlocks most whole blocks of a chunk
     * @param dictionary for whole blocks; none when empty
     */
    Cut(int level, int chunkBlocks, byte[] dictionary) {
        this.chunkBlocks = chunkBlocks;
        forPatches.setLevel(level);
        forBlocks.setLevel(level);
        if (dictionary.length > 0) {
            // One that knows its level: with any other, zstd takes its tables to be as small as the dictionary.
            forBlocks.loadDict(new ZstdDictCompress(dictionary, level));
        }
    }

    /** Bytes of the point's chunk records. */
    long bytes(Opened point) {
        long bytes = 0;
        for (PatchBody patches : point.patches()) {
            bytes += record(patches.blocks(), patches.bytes(), forPatches);
        }
        for (int from = 0; from < point.blocks().size(); from += chunkBlocks) {
            int to = Math.min(from + chunkBlocks, point.blocks().size());
            bytes += record(to - from, body(point.blocks().subList(from, to)), forBlocks);
        }
        return bytes;
    }

    /** As {@link io.rewind.schemas.content.BlockBody} has it. */
    private static byte[] body(List<byte[]> blocks) {
        int size = blocks.stream().mapToInt(block -> Short.BYTES + block.length).sum();
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        blocks.forEach(block -> out.putShort((short) block.length));
        blocks.forEach(out::put);
        return out.array();
    }

    private static int record(int blocks, byte[] body, ZstdCompressCtx zstd) {
        int sealed = zstd.compress(body).length;
        ByteBuffer id = ByteBuffer.allocate(ChunkId.BYTES);
        int empty = Wire.encode(new ChunkRecord(TIMELINE, id, blocks, body.length, ByteBuffer.allocate(0))).length;
        return empty - lengthBytes(0) + lengthBytes(sealed) + sealed;
    }

    /** Avro writes a length with its sign, in groups of seven bits. A record too large to be encoded has one, too. */
    private static int lengthBytes(int length) {
        return Math.ceilDiv(Long.SIZE - Long.numberOfLeadingZeros(2L * length | 1), 7);
    }

    @Override
    public void close() {
        forPatches.close();
        forBlocks.close();
    }
}
