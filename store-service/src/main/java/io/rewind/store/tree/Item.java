package io.rewind.store.tree;

import java.nio.ByteBuffer;

/** A key and its value: in a leaf the map's own, above the last key below and the node that holds it. Not written to. */
@SuppressWarnings("ArrayRecordComponent")
record Item(byte[] key, byte[] value) {
    static Item reference(byte[] lastKey, NodeId node) {
        return new Item(lastKey, node.toBytes());
    }

    NodeId node() {
        return NodeId.read(ByteBuffer.wrap(value));
    }

    int size() {
        return key.length + value.length;
    }
}
