package io.rewind.store.verify;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.database.View;
import java.util.HashSet;
import java.util.Set;

/** Chunks that a timeline needs, with all that they lie over. */
final class Needed {
    private final View view;
    private final Set<ChunkId> chunks = new HashSet<>();

    Needed(View view) {
        this.view = view;
    }

    void add(ChunkId id) {
        if (chunks.add(id)) {
            ChunkEntry.find(id, view).ifPresent(entry -> entry.sources().forEach(this::add));
        }
    }

    boolean has(ChunkId id) {
        return chunks.contains(id);
    }
}
