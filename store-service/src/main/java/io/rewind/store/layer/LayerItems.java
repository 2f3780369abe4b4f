package io.rewind.store.layer;

import io.rewind.store.node.Nodes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The items of a layer from a key on; one piece is held. */
final class LayerItems implements Iterator<Item> {
    private final Nodes nodes;
    private final byte[] from;
    private final Iterator<Layer.PieceRef> pieces;
    private Iterator<Item> items;

    LayerItems(Nodes nodes, Layer layer, byte[] from) {
        this.nodes = nodes;
        this.from = from;
        this.pieces = layer.pieces().stream()
                .filter(piece -> Arrays.compareUnsigned(piece.lastKey(), from) >= 0)
                .iterator();
        this.items = after(layer.items());
    }

    private Iterator<Item> after(List<Item> all) {
        return all.stream()
                .filter(item -> Arrays.compareUnsigned(item.key(), from) >= 0)
                .iterator();
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && pieces.hasNext()) {
            items = after(Piece.decode(ByteBuffer.wrap(nodes.get(pieces.next().node()))));
        }
        return items.hasNext();
    }

    @Override
    public Item next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }
}
