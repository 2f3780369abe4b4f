package io.rewind.store.map;

import io.rewind.event.BlockRun;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.layer.Layer;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.NodeSink;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The map of a point in the making: its parent's, or none, and over it a layer of the point's changes. */
public final class PointMap {
    /** Bytes of changes in memory at which they become a layer. */
    private static final long FOLD = 32L << 20;

    private final NodeSink nodes;
    private final NavigableSet<byte[]> images = new TreeSet<>(Arrays::compareUnsigned);
    private Optional<NodeId> below;
    private Edits edits = new Edits();
    private SegmentEditor segments = new SegmentEditor(edits);

    private PointMap(NodeSink nodes, Optional<NodeId> below) {
        this.nodes = nodes;
        this.below = below;
    }

    public static PointMap full(NodeSink nodes) {
        return new PointMap(nodes, Optional.empty());
    }

    public static PointMap delta(NodeSink nodes, NodeId parent) {
        return new PointMap(nodes, Optional.of(parent));
    }

    /**
     * @param chunks what the change's runs count into
     * @throws io.rewind.runtime.fault.Fault POINT_INVALID
     */
    public void apply(StreamChange change, List<ChunkId> chunks) {
        StreamKey key = StreamKey.of(change);
        if (change.getRemoved()) {
            remove(key);
        } else {
            put(key, change);
            for (BlockRun run : change.getRuns()) {
                if (run.getFirst() + run.getCount() > Description.blocks(change) && run.getChunk() != PartCheck.GONE) {
                    throw StoreFault.POINT_INVALID.rejected("a run reaches beyond the end of its stream");
                }
                segments.set(key, run.getFirst(), run.getCount(), place(key, run, chunks));
            }
        }
        if (edits.bytes() > FOLD) {
            fold();
        }
    }

    private void remove(StreamKey key) {
        segments.putBack();
        edits.drop(key.description(), key.end());
        if (key.isFileTree()) {
            dropBelow(key);
        }
        edits.put(key.description(), StreamEntry.REMOVED.encode());
    }

    private void put(StreamKey key, StreamChange change) {
        byte[] name = key.description();
        if (change.getKind() == StreamKind.IMAGE) {
            images.add(name);
        }
        StreamEntry entry = StreamEntry.of(change);
        if (entry.cutsBelow() && key.isFileTree()) {
            dropBelow(key);
        }
        Optional<StreamEntry> before = edits.get(name).map(StreamEntry::decode);
        if (before.isPresent() && change.getKind() != StreamKind.MEMORY) {
            segments.truncate(key, Description.blocks(change));
        }
        edits.put(name, before.map(entry::over).orElse(entry).encode());
    }

    private void dropBelow(StreamKey key) {
        segments.putBack();
        byte[][] below = key.below();
        edits.drop(below[0], below[1]);
    }

    private static Place place(StreamKey key, BlockRun run, List<ChunkId> chunks) {
        return switch (run.getChunk()) {
            case PartCheck.GONE -> Place.Empty.ABSENT;
            // In a file a block that is absent reads as zeros.
            case PartCheck.ZERO -> key.kind() == StreamKind.MEMORY ? Place.Empty.ZERO : Place.Empty.ABSENT;
            default -> new Place.In(chunks.get(run.getChunk()), run.getAt());
        };
    }

    private NodeId fold() {
        segments.putBack();
        NodeId root = Stack.push(nodes, below, edits);
        below = Optional.of(root);
        edits = new Edits();
        segments = new SegmentEditor(edits);
        return root;
    }

    /** Images come whole with every point: one that did not come is gone, one that came again is not written again. */
    private void settleImages(NodeId parent) {
        Overlay.read(
                nodes,
                Layer.stack(nodes, parent),
                StreamKey.start(StreamKind.IMAGE),
                StreamKey.end(StreamKind.IMAGE),
                new Overlay.Visitor() {
                    @Override
                    public void stream(byte[] key, StreamEntry before) {
                        if (before.description().isEmpty()) {
                            return;
                        }
                        if (!images.contains(key)) {
                            edits.put(key, StreamEntry.REMOVED.encode());
                        } else if (edits.get(key)
                                .map(StreamEntry::decode)
                                .filter(now -> now.description().equals(before.description()))
                                .isPresent()) {
                            edits.drop(key, StreamKey.read(key).end());
                        }
                    }

                    @Override
                    public void segment(byte[] key, long number, Segment segment) {}
                });
    }

    /**
     * The root of the finished map.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_INCOMPLETE when memory has not as many pages as it should
     */
    public NodeId finish() {
        segments.putBack();
        below.ifPresent(this::settleImages);
        NodeId root = below.filter(_ -> edits.isEmpty()).orElseGet(this::fold);
        MemoryCheck.check(nodes, root);
        return root;
    }
}
