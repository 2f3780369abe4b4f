package io.rewind.store.map;

import io.rewind.event.BlockRun;
import io.rewind.event.StreamChange;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.tree.ItemTree;
import io.rewind.store.tree.NodeId;
import io.rewind.store.tree.Nodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** A stored point's streams, in stretches of bounded size. */
public final class PointStreams {
    /** Runs at which a stretch ends; it may have one segment's more. */
    private static final int STRETCH = 2048;

    private final Nodes nodes;
    private final boolean withRuns;
    private final BiConsumer<StreamChange, List<ChunkId>> each;
    private final Map<ChunkId, Integer> chunks = new LinkedHashMap<>();
    private final List<BlockRun> runs = new ArrayList<>();
    private Optional<StreamChange> current = Optional.empty();
    private boolean told;

    private PointStreams(Nodes nodes, boolean withRuns, BiConsumer<StreamChange, List<ChunkId>> each) {
        this.nodes = nodes;
        this.withRuns = withRuns;
        this.each = each;
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
        PointStreams streams = new PointStreams(nodes, withRuns, each);
        for (StreamRanges.Range range : wanted.ranges()) {
            ItemTree.scan(nodes, root, range.from(), (key, value) -> {
                boolean within = Arrays.compareUnsigned(key, range.to()) < 0;
                if (within) {
                    streams.take(key, value);
                }
                return within;
            });
        }
        streams.end();
    }

    private void take(byte[] key, byte[] value) {
        OptionalLong segment = StreamKey.segmentOf(key);
        if (segment.isEmpty()) {
            begin(StreamKey.read(key), value);
        } else if (withRuns) {
            segment(segment.getAsLong(), value);
        }
    }

    private void begin(StreamKey key, byte[] value) {
        end();
        current = Optional.of(StreamChange.newBuilder(Description.decode(value))
                .setTree(key.tree())
                .setName(key.name())
                .build());
        told = false;
    }

    private void segment(long number, byte[] value) {
        for (Segment.Row row : SegmentValue.open(value, nodes).rows()) {
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
