package io.rewind.store.chunk;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.content.ContentFault;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.database.View;
import io.rewind.store.fault.StoreFault;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What patches lie over. A chunk of patches is taken only when its sources are here, so that all they lie over is here,
 * too; it stays so, for whatever keeps a chunk keeps its sources.
 */
public final class Sources {
    private Sources() {}

    /**
     * Proves that what each patch lies over exists.
     *
     * @throws Fault REJECTED CHUNK_MISSING, or CHUNK_DAMAGED when it contradicts what is here
     */
    public static void check(ChunkId id, PatchBody body, View view) {
        List<ChunkEntry> entries =
                body.sources().stream().map(source -> find(id, source, view)).toList();
        for (int i = 0; i < entries.size(); i++) {
            require(
                    entries.get(i).holdsPatches() == body.holdsPatches(i),
                    id,
                    "takes patches for blocks or vice versa");
        }
        for (int patch = 0; patch < body.blocks(); patch++) {
            require(body.number(patch) < entries.get(body.source(patch)).blocks(), id, "reaches beyond a source");
        }
    }

    /** @throws Fault REJECTED CHUNK_MISSING unless all sources of the chunk with this entry are here */
    public static void check(ChunkId id, ChunkEntry entry, View view) {
        entry.sources().forEach(source -> find(id, source, view));
    }

    /** Chunks of patches that some chunks lie over, however deep, each once; none of those asked for. */
    public static Set<ChunkId> patchesBelow(Collection<ChunkId> ids, View view) {
        Set<ChunkId> seen = new HashSet<>(ids);
        Set<ChunkId> below = new LinkedHashSet<>();
        Deque<ChunkId> left = new ArrayDeque<>(ids);
        while (!left.isEmpty()) {
            ChunkId id = left.remove();
            for (ChunkId source : ChunkEntry.require(id, view).sources()) {
                if (seen.add(source) && find(id, source, view).holdsPatches()) {
                    below.add(source);
                    left.add(source);
                }
            }
        }
        return below;
    }

    private static ChunkEntry find(ChunkId id, ChunkId source, View view) {
        return ChunkEntry.find(source, view)
                .orElseThrow(() -> StoreFault.CHUNK_MISSING.rejected(
                        "chunk " + source + ", which patches of chunk " + id + " lie over, is not here"));
    }

    private static void require(boolean holds, ChunkId id, String otherwise) {
        if (!holds) {
            throw new Fault(ContentFault.CHUNK_DAMAGED, Severity.REJECTED, "chunk " + id + " " + otherwise);
        }
    }
}
