package io.rewind.store.map;

import io.rewind.event.BlockRun;
import io.rewind.event.StreamChange;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.layer.Layer;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A stored point's streams, in stretches of bounded size. */
public final class PointStreams implements Overlay.Visitor {
    /** Runs at which a stretch ends; it may have one segment's more. */
    private static final int STRETCH = 2048;

    private final boolean withRuns;
    private final BiConsumer<StreamChange, List<ChunkId>> each;
    private final Map<ChunkId, Integer> chunks = new LinkedHashMap<>();
    private final List<BlockRun> runs = new ArrayList<>();
    private Optional<StreamChange> current = Optional.empty();
    private boolean told;

    private PointStreams(boolean withRuns, BiConsumer<StreamChange, List<ChunkId>> each) {
        this.withRuns = withRuns;
        this.each = each;
    }

    /** All streams of the map in order; each stretch with the chunks that its runs count into. */
    public static void read(Nodes nodes, NodeId root, BiConsumer<StreamChange, List<ChunkId>> each) {
        read(nodes, root, StreamRanges.all(), true, each);
    }

    /**
     * Streams of the map in order.
     *
     * @param withRuns whether to say where their content lies
     * @param each takes a stretch and the chunks that its runs count into
     */
    public static void read(
            Nodes nodes,
            NodeId root,
            StreamRanges wanted,
            boolean withRuns,
            BiConsumer<StreamChange, List<ChunkId>> each) {
        PointStreams streams = new PointStreams(withRuns, each);
        Overlay.read(nodes, Layer.stack(nodes, root), wanted.ranges(), streams);
        streams.end();
    }

    @Override
    public void stream(byte[] key, StreamEntry entry) {
        end();
        StreamKey name = StreamKey.read(key);
        current = entry.description()
                .map(bytes -> StreamChange.newBuilder(Description.decode(bytes))
                        .setTree(name.tree())
                        .setName(name.name())
                        .build());
        told = false;
    }

    @Override
    public void segment(byte[] key, long number, Segment segment) {
        if (!withRuns) {
            return;
        }
        for (Row row : segment.alone().rows()) {
            int chunk = PartCheck.ZERO;
            int at = 0;
            if (row.place() instanceof Place.In(ChunkId id, int place)) {
                chunk = chunks.computeIfAbsent(id, _ -> chunks.size());
                at = place;
            }
            runs.add(new BlockRun(number * Segment.BLOCKS + row.first(), row.count(), chunk, at));
        }
        if (runs.size() >= STRETCH) {
            tell();
        }
    }

    private void end() {
        if (current.isPresent() && (!told || !runs.isEmpty())) {
            tell();
        }
    }

    private void tell() {
        StreamChange stream =
                current.orElseThrow(() -> StoreFault.STORE_DAMAGED.rejected("a map has a segment without its stream"));
        each.accept(StreamChange.newBuilder(stream).setRuns(List.copyOf(runs)).build(), List.copyOf(chunks.keySet()));
        told = true;
        runs.clear();
        chunks.clear();
    }
}
