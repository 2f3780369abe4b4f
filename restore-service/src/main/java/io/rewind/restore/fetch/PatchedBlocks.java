package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.id.ChunkId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The blocks of a point that are patches: knows the base of each, and makes the block when its base has come. Filled by
 * one thread, then shared by those that make blocks.
 */
final class PatchedBlocks {
    private final PatchShelf shelf;
    /** Those that blocks were added of, in that order. */
    private final List<ChunkId> chunks = new ArrayList<>();

    private final Layers own;
    private int size;
    private int[] chunk = new int[0];
    private int[] patch = new int[0];
    private int[] base = new int[0];
    private int[] stream = new int[0];
    private long[] number = new long[0];

    /** A block of a chunk of whole blocks. */
    record Base(ChunkId chunk, int at) {}

    PatchedBlocks(PatchShelf shelf) {
        this.shelf = shelf;
        this.own = new Layers(shelf);
    }

    /**
     * A block that this patch stands for.
     *
     * @return what it lies over in the end; its own place is one less than how many were added
     */
    Base add(ChunkId ofChunk, int ofPatch, int ofStream, long block) {
        if (chunks.isEmpty() || !chunks.getLast().equals(ofChunk)) {
            chunks.add(ofChunk);
        }
        if (size == chunk.length) {
            int grown = Math.max(1024, 2 * size);
            chunk = Arrays.copyOf(chunk, grown);
            patch = Arrays.copyOf(patch, grown);
            base = Arrays.copyOf(base, grown);
            stream = Arrays.copyOf(stream, grown);
            number = Arrays.copyOf(number, grown);
        }
        chunk[size] = chunks.size() - 1;
        patch[size] = ofPatch;
        stream[size] = ofStream;
        number[size] = block;
        own.of(ofChunk, ofPatch);
        base[size++] = own.base().at();
        return own.base();
    }

    int size() {
        return size;
    }

    /** Number, in its chunk, of the block that it lies over in the end. */
    int base(int i) {
        return base[i];
    }

    int stream(int i) {
        return stream[i];
    }

    /** Number, in the stream, of the block. */
    long number(int i) {
        return number[i];
    }

    /** For one thread that makes blocks. */
    Layers layers() {
        return new Layers(shelf);
    }

    /**
     * Makes block {@code i}.
     *
     * @param bases the chunk that the block lies over in the end
     * @param into takes the block, at {@code offset}
     * @return its length
     */
    int make(int i, BlockBody bases, Layers layers, byte[] into, int offset) {
        layers.of(chunks.get(chunk[i]), patch[i]);
        return layers.apply(bases, into, offset);
    }

    static Fault damaged(String why) {
        return RestoreCode.POINT_DAMAGED.because("The point cannot be put together: " + why + ".");
    }
}
