package io.rewind.schemas.content;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The blocks of a chunk, opened. Immutable by convention: nobody writes into the bytes.
 *
 * <pre>
 *   u16le  length of block 0        1 to 4096
 *   ...    (blocks times)
 *   bytes  content of block 0
 *   ...    one after another
 * </pre>
 */
public final class ChunkBody {
    /** Most blocks of a chunk, so that opening one costs a bounded amount of memory. */
    public static final int MAX_BLOCKS = 1024;

    private final byte[] bytes;
    private final int[] starts;

    private ChunkBody(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** Checks the layout. @throws Fault REJECTED CHUNK_DAMAGED */
    public static ChunkBody of(byte[] bytes, int blocks) {
        if (blocks < 1 || blocks > MAX_BLOCKS || bytes.length < 2 * blocks) {
            throw damaged("it cannot hold " + blocks + " blocks");
        }
        ByteBuffer lengths = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int[] starts = new int[blocks + 1];
        starts[0] = 2 * blocks;
        for (int i = 0; i < blocks; i++) {
            int length = Short.toUnsignedInt(lengths.getShort());
            if (length < 1 || length > Block.SIZE) {
                throw damaged("block " + i + " would have " + length + " bytes");
            }
            starts[i + 1] = starts[i] + length;
        }
        if (starts[blocks] != bytes.length) {
            throw damaged("its blocks end at " + starts[blocks] + " of " + bytes.length + " bytes");
        }
        return new ChunkBody(bytes, starts);
    }

    /**
     * Decompresses a stored body and proves that it is what its id says.
     *
     * @throws Fault REJECTED CHUNK_DAMAGED
     */
    public static ChunkBody open(ChunkId id, int blocks, int rawSize, byte[] sealed) {
        if (rawSize < 1 || rawSize > MAX_BLOCKS * (Block.SIZE + 2)) {
            throw damaged("an opened size of " + rawSize + " bytes is not possible");
        }
        byte[] bytes = new byte[rawSize];
        try {
            long opened = Zstd.decompress(bytes, sealed);
            if (opened != rawSize) {
                throw damaged("opened, it has " + opened + " bytes instead of " + rawSize);
            }
        } catch (ZstdException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        if (!ChunkId.of(ByteBuffer.wrap(bytes)).equals(id)) {
            throw damaged("chunk " + id + " does not hold what its id says");
        }
        return of(bytes, blocks);
    }

    public int blocks() {
        return starts.length - 1;
    }

    /** The whole opened body; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where block {@code i} begins in {@link #bytes()}. */
    public int offset(int i) {
        return starts[i];
    }

    public int length(int i) {
        return starts[i + 1] - starts[i];
    }

    private static Fault damaged(String why) {
        return new Fault(ContentFault.CHUNK_DAMAGED, Severity.REJECTED, "damaged chunk: " + why);
    }
}
