package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.points.PointSource;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The blocks of a point that are patches: knows the base of each, and makes the block when its base has come. For one
 * thread.
 */
final class PatchedBlocks implements AutoCloseable {
    private final PatchShelf shelf;
    /** Those that blocks were added of, in that order. */
    private final List<ChunkId> chunks = new ArrayList<>();

    private final byte[] block = new byte[Block.SIZE];
    private final PatchBody[] layerBody = new PatchBody[PatchBody.MAX_LAYERS];
    private final int[] layerAt = new int[PatchBody.MAX_LAYERS];
    private int size;
    private int[] chunk = new int[0];
    private int[] patch = new int[0];
    private int[] stream = new int[0];
    private long[] number = new long[0];

    /** A block of a chunk of whole blocks. */
    record Base(ChunkId chunk, int at) {}

    PatchedBlocks(Path folder) {
        this.shelf = new PatchShelf(folder);
    }

    /**
     * Brings these chunks of patches, those that they lie over, and so on: a round for each layer, each chunk once.
     *
     * @param arrived hears of the opened bytes of each
     */
    void bring(PointSource source, TimelineId timeline, Collection<ChunkId> first, LongConsumer arrived) {
        Set<ChunkId> wanted = new LinkedHashSet<>(first);
        for (int layer = 0; !wanted.isEmpty(); layer++) {
            if (layer == PatchBody.MAX_LAYERS) {
                throw damaged("patches lie too deep");
            }
            Set<ChunkId> below = new LinkedHashSet<>();
            Set<ChunkId> missing = new HashSet<>(wanted);
            source.chunks(timeline, List.copyOf(wanted), opened -> {
                if (!missing.remove(opened.id()) || !(opened.body() instanceof PatchBody body)) {
                    throw damaged("the store sent something else than the patches asked for");
                }
                shelf.add(opened.id(), body);
                for (int i = 0; i < body.sources().size(); i++) {
                    if (body.holdsPatches(i)) {
                        below.add(body.sources().get(i));
                    }
                }
                arrived.accept(body.bytes().length);
            });
            if (!missing.isEmpty()) {
                throw damaged("the store lacks " + missing.size() + " chunks of patches");
            }
            below.removeIf(shelf::has);
            wanted = below;
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
            stream = Arrays.copyOf(stream, grown);
            number = Arrays.copyOf(number, grown);
        }
        chunk[size] = chunks.size() - 1;
        patch[size] = ofPatch;
        stream[size] = ofStream;
        number[size] = block;
        size++;
        return base(layers(size - 1));
    }

    int stream(int i) {
        return stream[i];
    }

    /** Number, in the stream, of the block. */
    long number(int i) {
        return number[i];
    }

    /** Sets out the patches of a block, the topmost first. Returns how many there are. */
    private int layers(int i) {
        ChunkId id = chunks.get(chunk[i]);
        int at = patch[i];
        for (int layer = 0; layer < PatchBody.MAX_LAYERS; layer++) {
            PatchBody body = shelf.get(id);
            if (at >= body.blocks()) {
                throw damaged("a block comes from beyond the end of its patches");
            }
            layerBody[layer] = body;
            layerAt[layer] = at;
            int source = body.source(at);
            if (!body.holdsPatches(source)) {
                return layer + 1;
            }
            id = body.sources().get(source);
            at = body.number(at);
        }
        throw damaged("patches lie too deep");
    }

    private Base base(int layers) {
        PatchBody lowest = layerBody[layers - 1];
        int at = layerAt[layers - 1];
        return new Base(lowest.sources().get(lowest.source(at)), lowest.number(at));
    }

    /** Makes block {@code i}; it is in {@link #made()} until the next one is. Returns its length. */
    int make(int i, BlockBody bases) {
        int layers = layers(i);
        int at = base(layers).at();
        if (at >= bases.blocks()) {
            throw damaged("a patch lies over a block beyond the end of its chunk");
        }
        int length = bases.length(at);
        System.arraycopy(bases.bytes(), bases.offset(at), block, 0, length);
        for (int layer = layers - 1; layer >= 0; layer--) {
            layerBody[layer].apply(layerAt[layer], block, 0, length);
        }
        return length;
    }

    byte[] made() {
        return block;
    }

    private static Fault damaged(String why) {
        return RestoreCode.POINT_DAMAGED.because("The point cannot be put together: " + why + ".");
    }

    @Override
    public void close() {
        shelf.close();
    }
}
