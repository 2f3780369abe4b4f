package io.rewind.store.layer;

import io.rewind.store.node.Nodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** Several layers read at once, key by key. Holds one piece a layer. */
public final class LayerMerge {
    private LayerMerge() {}

    /**
     * What one layer says of a key.
     *
     * @param layer 0 is the newest
     * @param value not written to
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Said(int layer, byte[] value) {}

    /** Sees one key after the other. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param said what layers say of the key, newest first, never empty
         * @return whether to go on
         */
        boolean visit(byte[] key, List<Said> said);
    }

    private record Head(int layer, Item item, Iterator<Item> rest) {}

    /**
     * From the key {@code from} on, until told to stop.
     *
     * @param layers newest first
     */
    public static void walk(Nodes nodes, List<Layer> layers, byte[] from, Visitor visitor) {
        PriorityQueue<Head> heads =
                new PriorityQueue<>(Comparator.<Head, byte[]>comparing(head -> head.item.key(), Arrays::compareUnsigned)
                        .thenComparingInt(Head::layer));
        for (int layer = 0; layer < layers.size(); layer++) {
            push(layer, new LayerItems(nodes, layers.get(layer), from), heads);
        }
        while (!heads.isEmpty()) {
            byte[] key = heads.element().item.key();
            List<Said> said = new ArrayList<>();
            while (!heads.isEmpty() && Arrays.equals(heads.element().item.key(), key)) {
                Head head = heads.remove();
                said.add(new Said(head.layer, head.item.value()));
                push(head.layer, head.rest, heads);
            }
            if (!visitor.visit(key, said)) {
                return;
            }
        }
    }

    private static void push(int layer, Iterator<Item> items, PriorityQueue<Head> heads) {
        if (items.hasNext()) {
            heads.add(new Head(layer, items.next(), items));
        }
    }
}
