package io.rewind.store.tree;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * A persistent sorted map. A change rewrites the leaves that it touches; whole leaves in between are taken over
 * unread, the levels above are passed through once (one entry a leaf) and cost writes only where they differ.
 */
public final class ItemTree {
    private static final byte[] FIRST = {};

    private ItemTree() {}

    /** The map without entries. */
    public static NodeId empty(NodeSink sink) {
        return new TreeBuilder(sink).finish();
    }

    public static Optional<byte[]> get(Nodes nodes, NodeId root, byte[] key) {
        Leaves leaves = new Leaves(nodes, root, key);
        if (!leaves.hasNext()) {
            return Optional.empty();
        }
        return Node.decode(nodes.get(leaves.next().node())).items().stream()
                .filter(item -> Arrays.equals(item.key(), key))
                .map(Item::value)
                .findFirst();
    }

    /** Sees one entry after the other. */
    @FunctionalInterface
    public interface Visitor {
        /** @return whether to go on */
        boolean visit(byte[] key, byte[] value);
    }

    /** Entries from {@code from} on, in order. */
    public static void scan(Nodes nodes, NodeId root, byte[] from, Visitor visitor) {
        Leaves leaves = new Leaves(nodes, root, from);
        while (leaves.hasNext()) {
            for (Item item : Node.decode(nodes.get(leaves.next().node())).items()) {
                if (Arrays.compareUnsigned(item.key(), from) >= 0 && !visitor.visit(item.key(), item.value())) {
                    return;
                }
            }
        }
    }

    static NodeId apply(NodeSink nodes, NodeId root, Edits edits) {
        TreeBuilder builder = new TreeBuilder(nodes);
        Merge merge = new Merge(builder, edits);
        Leaves leaves = new Leaves(nodes, root, FIRST);
        byte[] before = FIRST;
        while (leaves.hasNext()) {
            Item leaf = leaves.next();
            // The last leaf may have ended for want of items: whatever is appended belongs to it.
            boolean touched = edits.touch(before, leaf.key()) || (!leaves.hasNext() && edits.touchAfter(before));
            if (builder.betweenLeaves() && !touched) {
                builder.addLeaf(leaf);
            } else {
                Node.decode(nodes.get(leaf.node())).items().forEach(merge::old);
            }
            before = leaf.key();
        }
        merge.rest();
        return builder.finish();
    }

    /** Old items and edits in one order. */
    private static final class Merge {
        private final TreeBuilder builder;
        private final Edits edits;
        private final Iterator<Map.Entry<byte[], Optional<byte[]>>> entries;
        private Optional<Map.Entry<byte[], Optional<byte[]>>> next;

        Merge(TreeBuilder builder, Edits edits) {
            this.builder = builder;
            this.edits = edits;
            this.entries = edits.entries().entrySet().iterator();
            this.next = advance();
        }

        private Optional<Map.Entry<byte[], Optional<byte[]>>> advance() {
            return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
        }

        void old(Item item) {
            while (next.isPresent() && Arrays.compareUnsigned(next.get().getKey(), item.key()) < 0) {
                take(next.get());
            }
            if (next.isPresent() && Arrays.equals(next.get().getKey(), item.key())) {
                take(next.get());
            } else if (!edits.isRemoved(item.key())) {
                builder.add(item);
            }
        }

        void rest() {
            while (next.isPresent()) {
                take(next.get());
            }
        }

        private void take(Map.Entry<byte[], Optional<byte[]>> entry) {
            entry.getValue().ifPresent(value -> builder.add(new Item(entry.getKey(), value)));
            next = advance();
        }
    }
}
