package io.rewind.store.map;

import io.rewind.store.layer.Layer;
import io.rewind.store.layer.LayerMerge;
import io.rewind.store.layer.LayerMerge.Said;
import io.rewind.store.node.Nodes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * What layers say together. A newer layer's word on a block or a stream hides older ones'; a stream that became shorter
 * hides older blocks behind its end, one that is gone or no directory any more hides what older layers have below it.
 */
final class Overlay {
    /** Sees streams in order, each followed by its segments that say anything. */
    interface Visitor {
        void stream(byte[] key, StreamEntry entry);

        void segment(byte[] key, long number, Segment segment);
    }

    /** What a layer leaves of the current stream's older blocks. */
    private record Bound(int layer, long kept) {}

    private final Visitor visitor;
    private final Hidden hidden = new Hidden();
    private final Hidden holes = new Hidden();
    private final List<Bound> bounds = new ArrayList<>();

    private Overlay(Visitor visitor) {
        this.visitor = visitor;
    }

    /** All keys from {@code from} up to but not {@code to}, which must not part a tree of files. */
    static void read(Nodes nodes, List<Layer> layers, byte[] from, byte[] to, Visitor visitor) {
        read(nodes, layers, List.of(new StreamRanges.Range(from, to)), visitor);
    }

    /** @param ranges in order; with a file come the directories that it lies in, for one of them may hide it */
    static void read(Nodes nodes, List<Layer> layers, List<StreamRanges.Range> ranges, Visitor visitor) {
        Overlay overlay = new Overlay(visitor);
        for (StreamRanges.Range range : ranges) {
            LayerMerge.walk(nodes, layers, range.from(), (key, said) -> {
                boolean within = Arrays.compareUnsigned(key, range.to()) < 0;
                if (within) {
                    overlay.visit(key, said);
                }
                return within;
            });
        }
    }

    private void visit(byte[] key, List<Said> said) {
        int oldest = hidden.oldestSeen(key);
        List<Said> seen = said.stream().filter(one -> one.layer() <= oldest).toList();
        OptionalLong number = StreamKey.segmentOf(key);
        if (number.isPresent()) {
            segment(key, number.getAsLong(), seen);
        } else {
            stream(key, seen);
        }
    }

    private void stream(byte[] key, List<Said> seen) {
        bounds.clear();
        StreamKey stream = StreamKey.read(key);
        List<StreamEntry> entries = new ArrayList<>();
        for (Said one : seen) {
            StreamEntry entry = StreamEntry.decode(one.value());
            entries.add(entry);
            bounds.add(new Bound(one.layer(), entry.kept()));
            if (entry.cutsBelow() && stream.isFileTree()) {
                byte[][] below = stream.below();
                hidden.add(below[0], below[1], one.layer());
            }
        }
        entries.stream().reduce(StreamEntry::over).ifPresent(together -> visitor.stream(key, together));
    }

    private void segment(byte[] key, long number, List<Said> seen) {
        int oldest = holes.oldestSeen(key);
        Segment together = Segment.EMPTY;
        for (Said one : seen) {
            long kept = bounds.stream()
                    .filter(bound -> bound.layer < one.layer())
                    .mapToLong(Bound::kept)
                    .min()
                    .orElse(Long.MAX_VALUE);
            long here = kept - number * Segment.BLOCKS;
            if (here > 0) {
                Segment segment = Segment.decode(ByteBuffer.wrap(one.value()));
                if (segment.covered() > 0) {
                    holes.add(key, StreamKey.read(key).segment(number + segment.covered()), one.layer());
                }
                // A hole reaches on where a newer hole that begins earlier has ended.
                Segment shown = one.layer() <= oldest ? segment.clipped(here) : segment.withoutRows();
                together = together.over(shown);
            }
        }
        if (!together.saysNothing()) {
            visitor.segment(key, number, together);
        }
    }
}
