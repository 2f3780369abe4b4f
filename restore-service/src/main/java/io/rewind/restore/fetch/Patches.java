package io.rewind.restore.fetch;

import static io.rewind.restore.fetch.PatchedBlocks.damaged;

import io.rewind.restore.points.PointSource;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Brings chunks of patches to a shelf, by several threads. */
record Patches(PointSource source, TimelineId timeline, PatchShelf shelf, LongConsumer arrived) {
    /** These and all that they lie over, each once. */
    void bring(Set<ChunkId> wanted) {
        Set<ChunkId> all = new HashSet<>(wanted);
        all.addAll(source.patchesBelow(timeline, wanted));
        Together.share(Together.batches(all), batches -> {
            for (List<ChunkId> some = batches.poll(); some != null; some = batches.poll()) {
                bring(some);
            }
        });
    }

    private void bring(List<ChunkId> some) {
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
}
