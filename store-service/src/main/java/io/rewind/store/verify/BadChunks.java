package io.rewind.store.verify;

import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.database.Family;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.fault.StoreFault;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Chunks that cannot be read, and why; with them those of patches that lie over one. */
final class BadChunks {
    private static final int REMEMBERED = 1 << 16;

    private final SnapshotView view;
    private final Map<ChunkId, String> reasons = new HashMap<>();
    private final Map<ChunkId, Boolean> present = new HashMap<>();

    BadChunks(SnapshotView view) {
        this.view = view;
    }

    /** Opens the chunk and compares it with its id and its entry. */
    void check(ChunkId id, ChunkEntry entry, Supplier<Optional<byte[]>> stored) {
        try {
            Optional<byte[]> sealed = stored.get();
            if (sealed.isEmpty()) {
                reasons.put(id, "the body of chunk " + id + " is lost");
                return;
            }
            ChunkBody body = ChunkBody.open(id, entry.blocks(), entry.rawSize(), sealed.get());
            if (!body.sources().equals(entry.sources())) {
                reasons.put(id, "the index contradicts chunk " + id);
            }
        } catch (Fault fault) {
            if (fault.code() == StoreFault.STORE_CLOSING) {
                throw fault;
            }
            reasons.put(id, "chunk " + id + ": " + fault.sentence());
        }
    }

    /** Finds, once all were checked, those that lie over one that is bad or missing, layer by layer. */
    void spread() {
        int before;
        do {
            before = reasons.size();
            view.scan(Family.CHUNKS, new byte[0], (key, value) -> {
                ChunkId id = ChunkId.read(ByteBuffer.wrap(key));
                for (ChunkId source : ChunkEntry.decode(value).sources()) {
                    if (isBad(source)) {
                        reasons.putIfAbsent(id, reason(source));
                    }
                }
                return true;
            });
        } while (reasons.size() > before);
    }

    boolean isBad(ChunkId id) {
        if (present.size() == REMEMBERED) {
            present.clear();
        }
        return reasons.containsKey(id)
                || !present.computeIfAbsent(id, _ -> ChunkEntry.find(id, view).isPresent());
    }

    String reason(ChunkId id) {
        return reasons.getOrDefault(id, "chunk " + id + " is missing");
    }
}
