package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.points.PointSource;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;

/**
 * The blocks of a point that are patches: knows the base of each, and makes the block when its base has come. Filled by
 * one thread, then shared by those that make blocks.
 */
final class PatchedBlocks implements AutoCloseable {
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

    PatchedBlocks(Path folder) {
        this.shelf = new PatchShelf(folder);
        this.own = new Layers(shelf);
    }

    /**
     * Brings these chunks of patches and all that they lie over, each once.
     *
     * @param arrived hears of the opened bytes of each, from any thread
     */
    void bring(PointSource source, TimelineId timeline, Set<ChunkId> first, LongConsumer arrived) {
        Set<ChunkId> all = new HashSet<>(first);
        all.addAll(source.patchesBelow(timeline, first));
        Queue<List<ChunkId>> batches = new ConcurrentLinkedQueue<>(Together.batches(all));
        Together.run(
                Together.threads(batches.size()),
                () -> {
                    for (List<ChunkId> some = batches.poll(); some != null; some = batches.poll()) {
                        bring(source, timeline, some, arrived);
                    }
                },
                batches::clear);
    }

    private void bring(PointSource source, TimelineId timeline, List<ChunkId> some, LongConsumer arrived) {
        Set<ChunkId> missing = new HashSet<>(some);
        source.chunks(timeline, some, opened -> {
            if (!missing.remove(opened.id()) || !(opened.body() instanceof PatchBody body)) {
                throw damaged("the store sent something else than the patches asked for");
            }
            shelf.add(opened.id(), body);
            arrived.accept(body.bytes().length);
        });
        if (!missing.isEmpty()) {
            throw damaged("the store lacks " + missing.size() + " chunks of patches");
        }
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
     * @param into takes the block
     * @return its length
     */
    int make(int i, BlockBody bases, Layers layers, byte[] into) {
        layers.of(chunks.get(chunk[i]), patch[i]);
        return layers.apply(bases, into);
    }

    static Fault damaged(String why) {
        return RestoreCode.POINT_DAMAGED.because("The point cannot be put together: " + why + ".");
    }

    @Override
    public void close() {
        shelf.close();
    }
}
