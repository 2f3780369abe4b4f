package io.rewind.store.map;

import io.rewind.store.layer.Layer;
import io.rewind.store.layer.LayerWriter;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.NodeSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A map as a stack of layers: a full point's at the bottom, deltas above it. {@value #FAN_OUT} layers of one level
 * become one of the next, so a block's place is written once a level and a point has few layers to be read; a delta
 * layer that has grown to half of what lies below it becomes one with it. What older points refer to stays as it was.
 * (The logarithmic method: J. L. Bentley, J. B. Saxe, Decomposable searching problems, 1980.)
 */
final class Stack {
    static final int FAN_OUT = 16;
    /** The level of what has nothing below it. */
    private static final int BOTTOM = 255;
    /** Levels that are merged by their number alone: the bottom is to be rewritten seldom. */
    private static final int YOUNG = 2;

    private static final byte[] FIRST = {};
    private static final byte[] LAST = {(byte) 0xff};

    private Stack() {}

    /** The map of what lies below with {@code edits} on top. */
    static NodeId push(NodeSink nodes, Optional<NodeId> below, Edits edits) {
        LayerWriter writer = new LayerWriter(nodes);
        edits.writeTo(writer);
        Layer fresh = writer.finish(below.isPresent() ? 0 : BOTTOM, below);
        List<Layer> layers = new ArrayList<>(List.of(fresh));
        below.ifPresent(node -> layers.addAll(Layer.stack(nodes, node)));
        return merged(nodes, layers).store(nodes);
    }

    private static Layer merged(NodeSink nodes, List<Layer> layers) {
        int level = layers.getFirst().level();
        int taken = 1;
        for (int same = 1 + level(layers, taken, level); same >= FAN_OUT; same = 1 + level(layers, taken, level)) {
            taken += FAN_OUT - 1;
            level++;
        }
        Layer top = taken == 1 ? layers.getFirst() : merge(nodes, layers.subList(0, taken), level);
        List<Layer> rest = layers.subList(taken, layers.size());
        boolean grown = level >= YOUNG
                && rest.size() == 1
                && 2 * top.bytes() >= rest.getFirst().bytes();
        return grown ? merge(nodes, layers, BOTTOM) : top;
    }

    /** How many layers of the level there are from {@code from} on. */
    private static int level(List<Layer> layers, int from, int level) {
        return (int) layers.subList(from, layers.size()).stream()
                .takeWhile(layer -> layer.level() == level)
                .count();
    }

    private static Layer merge(NodeSink nodes, List<Layer> layers, int level) {
        Optional<NodeId> below = layers.getLast().below();
        LayerWriter writer = new LayerWriter(nodes);
        Overlay.read(nodes, layers, FIRST, LAST, below.isPresent() ? new Over(writer) : new Alone(writer));
        return writer.finish(level, below);
    }

    /** Keeps what matters to layers below. */
    private record Over(LayerWriter writer) implements Overlay.Visitor {
        @Override
        public void stream(byte[] key, StreamEntry entry) {
            writer.add(key, entry.encode());
        }

        @Override
        public void segment(byte[] key, long number, Segment segment) {
            writer.add(key, segment.encode());
        }
    }

    /** There is nothing below. */
    private record Alone(LayerWriter writer) implements Overlay.Visitor {
        @Override
        public void stream(byte[] key, StreamEntry entry) {
            if (entry.description().isPresent()) {
                writer.add(key, entry.alone().encode());
            }
        }

        @Override
        public void segment(byte[] key, long number, Segment segment) {
            Segment alone = segment.alone();
            if (!alone.saysNothing()) {
                writer.add(key, alone.encode());
            }
        }
    }
}
