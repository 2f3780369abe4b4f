package io.rewind.store.map;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.Nodes;
import java.util.function.Consumer;

/** What a point's map refers to: what reading the point reads. */
public final class PointReferences {
    private PointReferences() {}

    /**
     * Some are named more than once.
     *
     * @param node told each node that the map consists of
     * @param chunk told each chunk that a block of the point lies in; not what patches in it lie over
     * @throws io.rewind.runtime.fault.Fault STORE_DAMAGED
     */
    public static void of(Nodes nodes, NodeId root, Consumer<NodeId> node, Consumer<ChunkId> chunk) {
        Nodes noticed = id -> {
            node.accept(id);
            return nodes.get(id);
        };
        PointStreams.read(noticed, root, (_, chunks) -> chunks.forEach(chunk));
    }
}
