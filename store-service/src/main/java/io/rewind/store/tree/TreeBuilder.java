package io.rewind.store.tree;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a tree from items in order. Where a node ends follows from its items alone (a bit pattern in the hash of a
 * key, one in {@value #FAN_OUT}, or the size), so equal stretches become equal nodes whatever lies around them.
 */
final class TreeBuilder {
    private static final int FAN_OUT = 64;
    private static final int LEVEL_BITS = 6;
    /** Bytes of items at which a node ends without the pattern. */
    private static final int LARGEST = 16 << 10;

    private static final class Level {
        private final List<Item> items = new ArrayList<>();
        private int bytes;
        private int nodes;
    }

    private final NodeSink sink;
    private final List<Level> levels = new ArrayList<>();

    TreeBuilder(NodeSink sink) {
        this.sink = sink;
    }

    void add(Item item) {
        add(0, item);
    }

    private void add(int number, Item item) {
        Level level = level(number);
        level.items.add(item);
        level.bytes += item.size();
        long hash = Hashing.xxh3_64().hashBytesToLong(item.key());
        if ((Long.rotateRight(hash, LEVEL_BITS * number) & (FAN_OUT - 1)) == 0 || level.bytes >= LARGEST) {
            cut(number);
        }
    }

    /** Whether the leaf before has ended, so that a whole leaf may come next. */
    boolean betweenLeaves() {
        return level(0).items.isEmpty();
    }

    /** Takes over a leaf as it is. */
    void addLeaf(Item reference) {
        level(0).nodes++;
        add(1, reference);
    }

    private void cut(int number) {
        Level level = level(number);
        byte[] last = level.items.getLast().key();
        NodeId id = write(number);
        level.items.clear();
        level.bytes = 0;
        level.nodes++;
        add(number + 1, Item.reference(last, id));
    }

    private NodeId write(int number) {
        return sink.put(new Node(number, level(number).items).encode());
    }

    private Level level(int number) {
        while (levels.size() <= number) {
            levels.add(new Level());
        }
        return levels.get(number);
    }

    /** The root: the lowest level that is one node. */
    NodeId finish() {
        for (int number = 0; ; number++) {
            Level level = level(number);
            if (level.nodes == 0) {
                boolean passing = number > 0 && level.items.size() == 1;
                return passing ? level.items.getFirst().node() : write(number);
            }
            if (!level.items.isEmpty()) {
                cut(number);
            }
        }
    }
}
