package io.rewind.store.collect;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.database.View;
import io.rewind.store.node.NodeId;
import java.util.HashSet;
import java.util.Set;

/** Marks chunks with all that they lie over. For one thread; several may share the marks. */
final class Tracer {
    /** Chunks that are not looked into again; then all are forgotten, which costs time only. */
    private static final int REMEMBERED = 1 << 16;

    private final Marks marks;
    private final View view;
    private final Set<ChunkId> traced = new HashSet<>();

    Tracer(Marks marks, View view) {
        this.marks = marks;
        this.view = view;
    }

    void node(NodeId id) {
        marks.add(id.high(), id.low());
    }

    void chunk(ChunkId id) {
        if (traced.contains(id)) {
            return;
        }
        marks.add(id.high(), id.low());
        ChunkEntry.find(id, view).ifPresent(entry -> entry.sources().forEach(this::chunk));
        if (traced.size() == REMEMBERED) {
            traced.clear();
        }
        traced.add(id);
    }
}
