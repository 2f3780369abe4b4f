package io.rewind.store.map;

import io.rewind.event.BlockRun;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.tree.ItemTree;
import io.rewind.store.tree.NodeId;
import io.rewind.store.tree.NodeSink;
import io.rewind.store.tree.TreeEditor;
import java.util.List;
import java.util.Optional;

/** The map of a point in the making: its parent's, or an empty one, with the point's changes one after the other. */
public final class PointMap {
    private final NodeSink nodes;
    private final TreeEditor editor;
    private final SegmentEditor segments;

    private PointMap(NodeSink nodes, NodeId root) {
        this.nodes = nodes;
        this.editor = new TreeEditor(nodes, root);
        this.segments = new SegmentEditor(nodes, editor);
        // Images come whole with every point.
        editor.removeRange(
                StreamKey.start(StreamKind.IMAGE.ordinal()), StreamKey.start(StreamKind.IMAGE.ordinal() + 1));
    }

    public static PointMap full(NodeSink nodes) {
        return new PointMap(nodes, ItemTree.empty(nodes));
    }

    public static PointMap delta(NodeSink nodes, NodeId parent) {
        return new PointMap(nodes, parent);
    }

    /** @param chunks what the change's runs count into */
    public void apply(StreamChange change, List<ChunkId> chunks) {
        StreamKey key = StreamKey.of(change);
        if (change.getRemoved()) {
            remove(key);
            return;
        }
        Optional<StreamChange> before = editor.get(key.description()).map(Description::decode);
        long blocks = Description.blocks(change);
        before.ifPresent(old -> {
            if (Description.blocks(old) > blocks) {
                segments.truncate(key, blocks);
            }
            if (Description.isDirectory(old) && !Description.isDirectory(change)) {
                removeBelow(key);
            }
        });
        editor.put(key.description(), Description.encode(change));
        for (BlockRun run : change.getRuns()) {
            if (run.getFirst() + run.getCount() > blocks && run.getChunk() != PartCheck.GONE) {
                throw StoreFault.POINT_INVALID.rejected("a run reaches beyond the end of its stream");
            }
            segments.set(key, run.getFirst(), run.getCount(), place(key, run, chunks));
        }
    }

    private static Place place(StreamKey key, BlockRun run, List<ChunkId> chunks) {
        return switch (run.getChunk()) {
            case PartCheck.GONE -> Place.ABSENT;
            // In a file a block that is absent reads as zeros.
            case PartCheck.ZERO -> key.kind() == StreamKind.MEMORY ? Place.ZERO : Place.ABSENT;
            default -> new Place.In(chunks.get(run.getChunk()), run.getAt());
        };
    }

    private void remove(StreamKey key) {
        segments.putBack();
        editor.removeRange(key.description(), key.end());
        if (key.isFileTree()) {
            removeBelow(key);
        }
    }

    private void removeBelow(StreamKey key) {
        segments.putBack();
        byte[][] below = key.below();
        editor.removeRange(below[0], below[1]);
    }

    /**
     * The root of the finished map.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_INCOMPLETE when memory has not as many pages as it should
     */
    public NodeId finish() {
        segments.putBack();
        NodeId root = editor.finish();
        MemoryCheck.check(nodes, root);
        return root;
    }
}
