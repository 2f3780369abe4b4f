package io.rewind.store.layer;

import io.rewind.store.fault.StoreFault;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.NodeSink;
import io.rewind.store.node.Nodes;
import io.rewind.store.node.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One layer and, by its node, the layer that it lies on. A small layer's items are in its node, a larger one's in
 * pieces that are nodes of their own.
 *
 * <pre>
 *   u8      version, 2
 *   u8      level
 *   u8      1: it lies on another layer; then 16 bytes, that one's node
 *   varint  bytes of the items, stored
 *   varint  pieces; 0: the items follow, as a piece
 *   then for each
 *     varint  bytes of its last key, and these
 *     16      its node
 * </pre>
 *
 * @param level how often layers were merged until this one came about
 * @param bytes of its items, stored
 * @param pieces in the order of their keys; none: {@code items} are all
 */
public record Layer(int level, long bytes, Optional<NodeId> below, List<PieceRef> pieces, List<Item> items) {
    private static final int VERSION = 2;

    /** @param lastKey not written to */
    @SuppressWarnings("ArrayRecordComponent")
    record PieceRef(byte[] lastKey, NodeId node) {}

    public Layer {
        pieces = List.copyOf(pieces);
        items = List.copyOf(items);
    }

    /** The layer and all below it, newest first. @throws io.rewind.runtime.fault.Fault STORE_DAMAGED */
    public static List<Layer> stack(Nodes nodes, NodeId top) {
        List<Layer> layers = new ArrayList<>();
        for (Optional<NodeId> at = Optional.of(top); at.isPresent(); at = layers.getLast().below) {
            layers.add(decode(nodes.get(at.get())));
        }
        return layers;
    }

    /** Layers that one stack has above what it shares with another, newest first; and those of the other. */
    public record Parted(List<Layer> one, List<Layer> other) {
        public Parted {
            one = List.copyOf(one);
            other = List.copyOf(other);
        }
    }

    /** @throws io.rewind.runtime.fault.Fault STORE_DAMAGED */
    public static Parted parted(Nodes nodes, NodeId top, NodeId otherTop) {
        List<Layer> one = stack(nodes, top);
        List<Layer> other = stack(nodes, otherTop);
        List<NodeId> names = names(top, one);
        List<NodeId> otherNames = names(otherTop, other);
        for (int own = 0; own < one.size(); own++) {
            int there = otherNames.indexOf(names.get(own));
            if (there >= 0) {
                return new Parted(one.subList(0, own), other.subList(0, there));
            }
        }
        return new Parted(one, other);
    }

    private static List<NodeId> names(NodeId top, List<Layer> stack) {
        List<NodeId> names = new ArrayList<>(List.of(top));
        stack.forEach(layer -> layer.below.ifPresent(names::add));
        return names;
    }

    /** Hears of nodes that a stack consists of. */
    @FunctionalInterface
    public interface Reached {
        /** @return whether it was not known before; what is known is not looked into again */
        boolean add(NodeId node);
    }

    /** Names all nodes that a stack consists of. @throws io.rewind.runtime.fault.Fault STORE_DAMAGED */
    public static void reach(Nodes nodes, NodeId top, Reached reached) {
        for (Optional<NodeId> at = Optional.of(top); at.isPresent() && reached.add(at.get()); ) {
            Layer layer = decode(nodes.get(at.get()));
            layer.pieces.forEach(piece -> reached.add(piece.node));
            at = layer.below;
        }
    }

    public NodeId store(NodeSink nodes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.write(level);
        out.write(below.isPresent() ? 1 : 0);
        below.ifPresent(node -> out.writeBytes(node.toBytes()));
        Varint.write(out, bytes);
        Varint.write(out, pieces.size());
        for (PieceRef piece : pieces) {
            Varint.write(out, piece.lastKey.length);
            out.writeBytes(piece.lastKey);
            out.writeBytes(piece.node.toBytes());
        }
        if (pieces.isEmpty()) {
            out.writeBytes(Piece.encode(items));
        }
        return nodes.put(out.toByteArray());
    }

    private static Layer decode(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        try {
            if (in.get() != VERSION) {
                throw StoreFault.STORE_DAMAGED.rejected("a map layer of a version that is not known");
            }
            int level = Byte.toUnsignedInt(in.get());
            Optional<NodeId> below = in.get() == 1 ? Optional.of(NodeId.read(in)) : Optional.empty();
            long bytes = Varint.read(in);
            int count = Varint.readInt(in);
            List<PieceRef> pieces = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] lastKey = new byte[Math.min(Varint.readInt(in), in.remaining())];
                in.get(lastKey);
                pieces.add(new PieceRef(lastKey, NodeId.read(in)));
            }
            return new Layer(level, bytes, below, pieces, count == 0 ? Piece.decode(in) : List.of());
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw StoreFault.STORE_DAMAGED.rejected("a map layer cannot be read: " + e);
        }
    }
}
