package io.rewind.store.node;

import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Nodes of a point in the making. They wait for the point's own batch; where they would take too much memory they are
 * written ahead of it, which is harmless: maps come before points (I3), and nothing refers to them yet.
 */
public final class NewNodes implements NodeSink {
    private static final long SPILL = 16L << 20;

    private final Database database;
    private final StoredNodes stored;
    private final Consumer<NodeId> relied;
    private final Map<NodeId, byte[]> fresh = new LinkedHashMap<>();
    private long freshBytes;
    private long written;

    /** @param relied told of each node that is there already and will be referred to */
    public NewNodes(Database database, Consumer<NodeId> relied) {
        this.database = database;
        this.relied = relied;
        this.stored = new StoredNodes(database);
    }

    @Override
    public byte[] get(NodeId id) {
        byte[] content = fresh.get(id);
        return content != null ? content : stored.get(id);
    }

    @Override
    public NodeId put(byte[] content) {
        NodeId id = NodeId.of(content);
        if (fresh.containsKey(id)) {
            return id;
        }
        if (database.has(Family.NODES, id.toBytes())) {
            relied.accept(id);
        } else {
            fresh.put(id, content);
            freshBytes += content.length;
            written += NodeId.BYTES + content.length;
            if (freshBytes > SPILL) {
                spill();
            }
        }
        return id;
    }

    private void spill() {
        try (Commit ahead = database.begin()) {
            drainTo(ahead);
            ahead.write();
        }
    }

    /** Adds what has not been written yet to the point's batch. */
    public void drainTo(Commit batch) {
        fresh.forEach((id, content) -> batch.put(Family.NODES, id.toBytes(), content));
        fresh.clear();
        freshBytes = 0;
    }

    /** Bytes of all nodes that were not there before, keys included. */
    public long writtenBytes() {
        return written;
    }
}
