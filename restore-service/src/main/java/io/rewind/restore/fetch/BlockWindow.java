package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.points.PointSource;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bounded number of blocks that are brought together, each chunk once: for reading parts of a point in their order.
 * Used in rounds: add, bring, look, clear. For one thread.
 */
public final class BlockWindow {
    /** Blocks that fit. */
    public static final int CAPACITY = 4096;

    private static final int BATCH = 512;

    private final PointSource source;
    private final TimelineId timeline;
    private final Path folder;
    private final byte[] bytes = new byte[CAPACITY * Block.SIZE];
    private final int[] lengths = new int[CAPACITY];
    private final List<Wanted> wanted = new ArrayList<>();

    /** Block {@code at} of a chunk, or the block that patch {@code at} of a chunk stands for. */
    private record Wanted(ChunkId chunk, boolean patch, int at) {}

    /** Where a block of a chunk of whole blocks goes; {@code patched}: number of the patches to lay over it, or -1. */
    private record Use(int at, int slot, int patched) {}

    /** @param folder where patches are put aside in a file that does not stay */
    public BlockWindow(PointSource source, TimelineId timeline, Path folder) {
        this.source = source;
        this.timeline = timeline;
        this.folder = folder;
    }

    public boolean hasRoomFor(int blocks) {
        return wanted.size() + blocks <= CAPACITY;
    }

    /** Returns the block's slot. */
    public int add(ChunkId chunk, boolean patch, int at) {
        if (!hasRoomFor(1)) {
            throw new IllegalStateException("the window is full");
        }
        wanted.add(new Wanted(chunk, patch, at));
        return wanted.size() - 1;
    }

    /** Every block that was added is here when this returns. */
    public void bring() {
        try (PatchShelf shelf = new PatchShelf(folder)) {
            PatchedBlocks patched = new PatchedBlocks(shelf);
            Map<ChunkId, List<Use>> uses = uses(shelf, patched);
            Layers layers = patched.layers();
            List<ChunkId> chunks = List.copyOf(uses.keySet());
            for (int from = 0; from < chunks.size(); from += BATCH) {
                List<ChunkId> batch = chunks.subList(from, Math.min(chunks.size(), from + BATCH));
                source.chunks(timeline, batch, chunk -> {
                    List<Use> of = uses.remove(chunk.id());
                    if (of == null || !(chunk.body() instanceof BlockBody body)) {
                        throw damaged("the store sent something else than the blocks asked for");
                    }
                    of.forEach(use -> place(body, use, patched, layers));
                });
            }
            if (!uses.isEmpty()) {
                throw damaged("the store lacks " + uses.size() + " chunks");
            }
        }
    }

    private Map<ChunkId, List<Use>> uses(PatchShelf shelf, PatchedBlocks patched) {
        Set<ChunkId> patches = new LinkedHashSet<>();
        wanted.stream().filter(Wanted::patch).forEach(w -> patches.add(w.chunk));
        new Patches(source, timeline, shelf, _ -> {}).bring(patches);
        Map<ChunkId, List<Use>> uses = new HashMap<>();
        int ofPatches = 0;
        for (int slot = 0; slot < wanted.size(); slot++) {
            Wanted block = wanted.get(slot);
            ChunkId chunk = block.chunk;
            Use use = new Use(block.at, slot, -1);
            if (block.patch) {
                PatchedBlocks.Base base = patched.add(block.chunk, block.at, 0, slot);
                chunk = base.chunk();
                use = new Use(base.at(), slot, ofPatches++);
            }
            uses.computeIfAbsent(chunk, _ -> new ArrayList<>()).add(use);
        }
        return uses;
    }

    private void place(BlockBody body, Use use, PatchedBlocks patched, Layers layers) {
        if (use.patched >= 0) {
            lengths[use.slot] = patched.make(use.patched, body, layers, bytes, offset(use.slot));
            return;
        }
        if (use.at >= body.blocks()) {
            throw damaged("it wants more blocks of a chunk than there are");
        }
        lengths[use.slot] = body.length(use.at);
        System.arraycopy(body.bytes(), body.offset(use.at), bytes, offset(use.slot), lengths[use.slot]);
    }

    /** What all blocks lie in; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    public int offset(int slot) {
        return slot * Block.SIZE;
    }

    public int length(int slot) {
        return lengths[slot];
    }

    public void clear() {
        wanted.clear();
    }

    private static Fault damaged(String why) {
        return RestoreCode.POINT_DAMAGED.because("The point cannot be read: " + why + ".");
    }
}
