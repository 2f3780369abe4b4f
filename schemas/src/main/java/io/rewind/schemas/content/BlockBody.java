package io.rewind.schemas.content;

import static io.rewind.schemas.content.ChunkBody.damaged;

import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * A chunk of whole blocks.
 *
 * <pre>
 *   u16le  length of block 0        1 to 4096
 *   ...    (blocks times)
 *   bytes  content of block 0
 *   ...    one after another
 * </pre>
 *
 * Its id is that of the following, so that who has looked for equal blocks already need not read the contents again.
 *
 * <pre>
 *   u16le  65535                    no block has this length, so this is no other chunk's body
 *   u16le  length of block 0
 *   ...    (blocks times)
 *   bytes  {@link BlockKey} of block 0, 16, big-endian
 *   ...    (blocks times)
 * </pre>
 */
public final class BlockBody implements ChunkBody {
    private final byte[] bytes;
    private final int[] starts;

    private BlockBody(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** @throws Fault REJECTED CHUNK_DAMAGED */
    static BlockBody of(byte[] bytes, int blocks) {
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
        return new BlockBody(bytes, starts);
    }

    /** The id of a chunk of blocks with these lengths and keys, by number. */
    public static ChunkId id(int blocks, IntUnaryOperator length, IntFunction<BlockKey> key) {
        ByteBuffer named =
                ByteBuffer.allocate(2 + blocks * (2 + BlockKey.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        named.putShort((short) -1);
        for (int i = 0; i < blocks; i++) {
            named.putShort((short) length.applyAsInt(i));
        }
        named.order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < blocks; i++) {
            BlockKey block = key.apply(i);
            named.putLong(block.high()).putLong(block.low());
        }
        return ChunkId.of(named.flip());
    }

    /**
     * The opened body of a chunk that has only these blocks.
     *
     * @throws Fault REJECTED CHUNK_DAMAGED unless it has all of them
     */
    public byte[] pick(BitSet only) {
        if (only.length() > blocks()) {
            throw damaged("it has no block " + (only.length() - 1));
        }
        int length = only.stream().map(i -> 2 + length(i)).sum();
        ByteBuffer picked = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        only.stream().forEach(i -> picked.putShort((short) length(i)));
        only.stream().forEach(i -> picked.put(bytes, offset(i), length(i)));
        return picked.array();
    }

    /**
     * What {@link #pick} made, with each block under the number that it had. The others have a length of 0.
     *
     * @throws Fault REJECTED CHUNK_DAMAGED
     */
    static BlockBody spread(byte[] picked, BitSet only, int blocks) {
        BlockBody few = of(picked, only.cardinality());
        if (only.length() > blocks) {
            throw damaged("it has no block " + (only.length() - 1));
        }
        int[] starts = new int[blocks + 1];
        starts[0] = few.starts[0];
        int next = 0;
        for (int i = 0; i < blocks; i++) {
            starts[i + 1] = only.get(i) ? few.starts[++next] : starts[i];
        }
        return new BlockBody(picked, starts);
    }

    @Override
    public int blocks() {
        return starts.length - 1;
    }

    @Override
    public ChunkId id() {
        BlockHasher hasher = new BlockHasher();
        return id(blocks(), this::length, i -> hasher.key(bytes, offset(i), length(i)));
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public List<ChunkId> sources() {
        return List.of();
    }

    /** Where block {@code i} begins in {@link #bytes()}. */
    public int offset(int i) {
        return starts[i];
    }

    public int length(int i) {
        return starts[i + 1] - starts[i];
    }
}
