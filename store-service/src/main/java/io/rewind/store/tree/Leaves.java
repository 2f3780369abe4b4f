package io.rewind.store.tree;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The leaves of a tree in order, as references; holds one node a level. */
final class Leaves implements Iterator<Item> {
    private final Nodes nodes;
    private final Deque<Iterator<Item>> path = new ArrayDeque<>();
    private final Deque<Integer> levels = new ArrayDeque<>();
    private final byte[] from;

    /** Leaves that hold keys at or after {@code from}. */
    Leaves(Nodes nodes, NodeId root, byte[] from) {
        this.nodes = nodes;
        this.from = from;
        Node top = Node.decode(nodes.get(root));
        if (top.level() > 0) {
            push(top);
        } else if (!top.items().isEmpty()) {
            path.push(List.of(Item.reference(top.items().getLast().key(), root)).iterator());
            levels.push(1);
        }
    }

    private void push(Node node) {
        path.push(node.items().stream()
                .filter(item -> Arrays.compareUnsigned(item.key(), from) >= 0)
                .iterator());
        levels.push(node.level());
    }

    @Override
    public boolean hasNext() {
        while (!path.isEmpty()) {
            if (!path.element().hasNext()) {
                path.pop();
                levels.pop();
            } else if (levels.element() == 1) {
                return true;
            } else {
                push(Node.decode(nodes.get(path.element().next().node())));
            }
        }
        return false;
    }

    @Override
    public Item next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return path.element().next();
    }
}
