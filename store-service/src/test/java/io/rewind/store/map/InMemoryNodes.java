package io.rewind.store.map;

import io.rewind.store.fault.StoreFault;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.NodeSink;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nodes in a map; says what they take. */
final class InMemoryNodes implements NodeSink {
    private final Map<NodeId, byte[]> nodes = new HashMap<>();
    private long bytes;

    @Override
    public NodeId put(byte[] content) {
        NodeId id = NodeId.of(content);
        if (nodes.putIfAbsent(id, content) == null) {
            bytes += NodeId.BYTES + content.length;
        }
        return id;
    }

    @Override
    public byte[] get(NodeId id) {
        return Optional.ofNullable(nodes.get(id))
                .orElseThrow(() -> StoreFault.STORE_DAMAGED.rejected("node " + id + " is missing"));
    }

    /** Of all nodes, ids included. */
    long bytes() {
        return bytes;
    }

    /** Forgets all others. */
    void keep(Set<NodeId> wanted) {
        nodes.keySet().retainAll(wanted);
    }
}
