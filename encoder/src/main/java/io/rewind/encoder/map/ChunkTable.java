package io.rewind.encoder.map;

import io.rewind.schemas.id.ChunkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The chunks a point refers to, numbered as they come up; one of them may still be under construction. */
public final class ChunkTable {
    /** Id 32, map entry 40, boxed number 16, list and table 12. */
    private static final int ENTRY_BYTES = 100;

    private static final ChunkId UNKNOWN = new ChunkId(0, 0);

    private final List<ChunkId> ids = new ArrayList<>();
    private final Map<ChunkId, Integer> numbers = new HashMap<>();
    private final Footprint footprint;

    public ChunkTable(Footprint footprint) {
        this.footprint = footprint;
    }

    /** The number of a chunk that exists. */
    public int index(ChunkId id) {
        return numbers.computeIfAbsent(id, added -> {
            footprint.add(ENTRY_BYTES);
            ids.add(added);
            return ids.size() - 1;
        });
    }

    /** A number for a chunk whose id is not known yet. */
    public int reserve() {
        footprint.add(ENTRY_BYTES);
        ids.add(UNKNOWN);
        return ids.size() - 1;
    }

    /** Gives a reserved number its chunk. */
    public void fill(int index, ChunkId id) {
        ids.set(index, id);
        numbers.putIfAbsent(id, index);
    }

    ChunkId id(int index) {
        return ids.get(index);
    }

    int size() {
        return ids.size();
    }
}
