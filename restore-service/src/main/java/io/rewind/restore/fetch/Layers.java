package io.rewind.restore.fetch;

import static io.rewind.restore.fetch.PatchedBlocks.damaged;

import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import java.util.ArrayList;
import java.util.List;

/** The patches that make one block, the topmost first. For one thread. */
final class Layers {
    private record Layer(ChunkId id, PatchBody body) {}

    private final PatchShelf shelf;
    /** Also those of blocks before: neighbours mostly lie over the same. */
    private final List<Layer> layers = new ArrayList<>();

    private final int[] at = new int[PatchBody.MAX_LAYERS];
    private int count;

    Layers(PatchShelf shelf) {
        this.shelf = shelf;
    }

    /** Sets out the patches from this one down. */
    void of(ChunkId topmost, int patch) {
        ChunkId id = topmost;
        int number = patch;
        for (count = 0; count < PatchBody.MAX_LAYERS; ) {
            PatchBody body = body(count, id);
            if (number >= body.blocks()) {
                throw damaged("a block comes from beyond the end of its patches");
            }
            at[count++] = number;
            int source = body.source(number);
            if (!body.holdsPatches(source)) {
                return;
            }
            id = body.sources().get(source);
            number = body.number(number);
        }
        throw damaged("patches lie too deep");
    }

    private PatchBody body(int layer, ChunkId id) {
        if (layer == layers.size()) {
            layers.add(new Layer(id, shelf.get(id)));
        } else if (!layers.get(layer).id().equals(id)) {
            layers.set(layer, new Layer(id, shelf.get(id)));
        }
        return layers.get(layer).body();
    }

    /** What they lie over in the end. */
    PatchedBlocks.Base base() {
        PatchBody lowest = layers.get(count - 1).body();
        int number = at[count - 1];
        return new PatchedBlocks.Base(lowest.sources().get(lowest.source(number)), lowest.number(number));
    }

    /** Makes the block from its base. Returns its length. */
    int apply(BlockBody bases, byte[] into, int offset) {
        int number = base().at();
        if (number >= bases.blocks()) {
            throw damaged("a patch lies over a block beyond the end of its chunk");
        }
        int length = bases.length(number);
        System.arraycopy(bases.bytes(), bases.offset(number), into, offset, length);
        for (int layer = count - 1; layer >= 0; layer--) {
            layers.get(layer).body().apply(at[layer], into, offset, length);
        }
        return length;
    }
}
