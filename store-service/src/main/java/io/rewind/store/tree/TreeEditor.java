package io.rewind.store.tree;

import java.util.Optional;

/** A tree being changed: reads see what was written. Memory is bounded: now and then the changes become nodes. */
public final class TreeEditor {
    private static final long FOLD = 32L << 20;

    private final NodeSink nodes;
    private NodeId root;
    private Edits edits = new Edits();

    public TreeEditor(NodeSink nodes, NodeId root) {
        this.nodes = nodes;
        this.root = root;
    }

    public Optional<byte[]> get(byte[] key) {
        Optional<byte[]> set = edits.set(key);
        if (set != null) {
            return set;
        }
        return edits.isRemoved(key) ? Optional.empty() : ItemTree.get(nodes, root, key);
    }

    public void put(byte[] key, byte[] value) {
        edits.put(key, value);
        bound();
    }

    public void remove(byte[] key) {
        edits.remove(key);
        bound();
    }

    /** Everything from {@code from} up to but not {@code to}. */
    public void removeRange(byte[] from, byte[] to) {
        edits.removeRange(from, to);
        bound();
    }

    private void bound() {
        if (edits.bytes() > FOLD) {
            finish();
        }
    }

    /** The tree with all changes so far. */
    public NodeId finish() {
        root = ItemTree.apply(nodes, root, edits);
        edits = new Edits();
        return root;
    }
}
