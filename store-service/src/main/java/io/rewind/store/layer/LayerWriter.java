package io.rewind.store.layer;

import com.dynatrace.hash4j.hashing.Hashing;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.NodeSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a layer from items in order. Where a piece ends follows from its items alone (a bit pattern in the hash of a
 * key, or the size), so equal stretches of two layers are equal pieces, stored once. For one layer.
 */
public final class LayerWriter {
    /** One key in so many ends a piece. */
    private static final int PIECE_ITEMS = 256;
    /** Bytes of items at which a piece ends without the pattern. */
    private static final int PIECE_BYTES = 32 << 10;
    /** A layer of fewer bytes is one piece. */
    private static final int SMALL = 16 << 10;

    private final NodeSink nodes;
    private final List<Layer.PieceRef> pieces = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private int openBytes;
    private long storedBytes;

    public LayerWriter(NodeSink nodes) {
        this.nodes = nodes;
    }

    /** Neither array is written to later; keys come in the order of their bytes. */
    public void add(byte[] key, byte[] value) {
        Item item = new Item(key, value);
        items.add(item);
        openBytes += item.size();
        boolean pattern = Hashing.xxh3_64().hashBytesToLong(key) % PIECE_ITEMS == 0;
        boolean inPieces = !pieces.isEmpty() || openBytes >= SMALL;
        if (openBytes >= PIECE_BYTES || (pattern && inPieces)) {
            cut();
        }
    }

    private void cut() {
        byte[] content = Piece.encode(items);
        pieces.add(new Layer.PieceRef(items.getLast().key(), nodes.put(content)));
        storedBytes += NodeId.BYTES + content.length;
        items.clear();
        openBytes = 0;
    }

    /** Not stored itself yet. */
    public Layer finish(int level, Optional<NodeId> below) {
        if (pieces.isEmpty()) {
            return new Layer(level, Piece.encode(items).length, below, List.of(), items);
        }
        if (!items.isEmpty()) {
            cut();
        }
        return new Layer(level, storedBytes, below, pieces, List.of());
    }
}
