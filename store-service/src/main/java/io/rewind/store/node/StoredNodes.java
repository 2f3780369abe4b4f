package io.rewind.store.node;

import io.rewind.store.database.Family;
import io.rewind.store.database.View;
import io.rewind.store.fault.StoreFault;

/** Nodes in a database, proved at each read. */
public record StoredNodes(View view) implements Nodes {
    @Override
    public byte[] get(NodeId id) {
        byte[] content = view.get(Family.NODES, id.toBytes())
                .orElseThrow(() -> StoreFault.STORE_DAMAGED.rejected("map piece " + id + " is missing"));
        if (!NodeId.of(content).equals(id)) {
            throw StoreFault.STORE_DAMAGED.rejected("map piece " + id + " does not hold what its id says");
        }
        return content;
    }
}
