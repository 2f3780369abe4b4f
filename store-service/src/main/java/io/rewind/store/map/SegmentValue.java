package io.rewind.store.map;

import io.rewind.store.tree.NodeId;
import io.rewind.store.tree.NodeSink;
import io.rewind.store.tree.Nodes;
import io.rewind.store.tree.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A segment as the value of an item; a large one is a node of its own, shared wherever it is equal.
 *
 * <pre>
 *   varint  blocks that are present
 *   u8      0: the segment follows; 1: the id of its node follows
 * </pre>
 */
final class SegmentValue {
    private static final int INLINE = 96;

    private SegmentValue() {}

    static byte[] of(Segment segment, NodeSink nodes) {
        byte[] content = segment.encode();
        boolean inline = content.length <= INLINE;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Varint.write(out, segment.present());
        out.write(inline ? 0 : 1);
        out.writeBytes(inline ? content : nodes.put(content).toBytes());
        return out.toByteArray();
    }

    static int present(byte[] value) {
        return Varint.readInt(ByteBuffer.wrap(value));
    }

    static Segment open(byte[] value, Nodes nodes) {
        ByteBuffer in = ByteBuffer.wrap(value);
        long _ = Varint.read(in);
        return in.get() == 0 ? Segment.decode(in) : Segment.decode(ByteBuffer.wrap(nodes.get(NodeId.read(in))));
    }
}
