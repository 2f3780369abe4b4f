package io.rewind.encoder.content;

import io.rewind.encoder.map.BlockPlace;
import io.rewind.encoder.mirror.Mirror;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.BlockKey;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A chunk under construction: collects blocks in the layout of {@link io.rewind.schemas.content.BlockBody}. The lengths
 * grow towards the front so that they end where the contents begin, and nothing moves when the chunk is sealed.
 *
 * <pre>
 *   0         400-2n         400
 *   | unused  | n lengths    | n contents ...
 * </pre>
 *
 * For one thread.
 */
final class ChunkBuilder {
    /** Incompressible and with its lengths, this many still fit a record. */
    static final int MAX_BLOCKS = 200;

    /** Of further equal blocks the mirror hears nothing. */
    private static final int MAX_EQUAL = 1024;

    private static final int CONTENT = 2 * MAX_BLOCKS;

    private final short[] lengths = new short[MAX_BLOCKS];
    private final BlockKey[] keys = new BlockKey[MAX_BLOCKS];
    /** What the mirror calls them. */
    private final long[] names = new long[MAX_BLOCKS];
    /** Likewise, of blocks that are equal to one of them, and which. */
    private final long[] equalNames = new long[MAX_EQUAL];

    private final int[] equalTo = new int[MAX_EQUAL];
    private int equalBlocks;

    private final byte[] bytes = new byte[CONTENT + MAX_BLOCKS * Block.SIZE];
    private final Map<BlockKey, Integer> places = HashMap.newHashMap(MAX_BLOCKS);
    private int blocks;
    private int end = CONTENT;

    boolean isEmpty() {
        return blocks == 0;
    }

    boolean isFull() {
        return blocks == MAX_BLOCKS;
    }

    /** The number of a block with this content, if it is here. */
    Optional<Integer> find(BlockKey key) {
        return Optional.ofNullable(places.get(key));
    }

    /**
     * Copies a block in; not when full. Returns its number.
     *
     * @param block its name in the mirror
     */
    int add(BlockKey key, long block, byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, end, length);
        end += length;
        lengths[blocks] = (short) length;
        names[blocks] = block;
        keys[blocks] = key;
        places.put(key, blocks);
        return blocks++;
    }

    /** Another block is equal to this one. */
    void addEqual(long block, int number) {
        if (equalBlocks < MAX_EQUAL) {
            equalNames[equalBlocks] = block;
            equalTo[equalBlocks++] = number;
        }
    }

    /** Compresses what is here. Leaves it as it is. */
    SealedChunk seal(ChunkSealer sealer) {
        int start = CONTENT - 2 * blocks;
        ByteBuffer front = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(start);
        for (int i = 0; i < blocks; i++) {
            front.putShort(lengths[i]);
        }
        int rawSize = end - start;
        ChunkId id = BlockBody.id(blocks, i -> lengths[i], i -> keys[i]);
        return new SealedChunk(id, blocks, rawSize, sealer.compress(bytes, start, rawSize));
    }

    void forEach(BiConsumer<BlockKey, Integer> each) {
        places.forEach(each);
    }

    /** Tells the mirror what was sent. */
    void mirror(Mirror mirror, ChunkId chunk, long now) {
        int[] starts = new int[blocks];
        int at = CONTENT;
        for (int i = 0; i < blocks; i++) {
            starts[i] = at;
            mirror.keep(names[i], new BlockPlace(chunk, i), bytes, at, lengths[i], now);
            at += lengths[i];
        }
        for (int i = 0; i < equalBlocks; i++) {
            int number = equalTo[i];
            mirror.keep(equalNames[i], new BlockPlace(chunk, number), bytes, starts[number], lengths[number], now);
        }
    }

    void clear() {
        blocks = 0;
        equalBlocks = 0;
        end = CONTENT;
        places.clear();
    }
}
