package io.rewind.store.tree;

import io.rewind.store.fault.StoreFault;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A node of the tree, its items in the order of their keys' bytes.
 *
 * <pre>
 *   u8      version, 1
 *   u8      level; 0 is a leaf
 *   varint  items
 *   then for each
 *     varint  bytes its key shares with the key before
 *     varint  further bytes of its key, and these
 *     varint  bytes of its value, and these
 * </pre>
 */
record Node(int level, List<Item> items) {
    private static final int VERSION = 1;
    private static final byte[] NONE = {};

    byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.write(level);
        Varint.write(out, items.size());
        byte[] before = NONE;
        for (Item item : items) {
            byte[] key = item.key();
            int mismatch = Arrays.mismatch(before, key);
            int shared = mismatch < 0 ? key.length : mismatch;
            Varint.write(out, shared);
            Varint.write(out, key.length - shared);
            out.write(key, shared, key.length - shared);
            Varint.write(out, item.value().length);
            out.writeBytes(item.value());
            before = key;
        }
        return out.toByteArray();
    }

    static Node decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (in.get() != VERSION) {
                throw StoreFault.STORE_DAMAGED.rejected("a map piece of a version that is not known");
            }
            int level = in.get();
            int count = Varint.readInt(in);
            List<Item> items = new ArrayList<>(Math.min(count, bytes.length));
            byte[] before = NONE;
            for (int i = 0; i < count; i++) {
                int shared = Varint.readInt(in);
                int further = Varint.readInt(in);
                byte[] key = Arrays.copyOf(before, shared + further);
                in.get(key, shared, further);
                byte[] value = new byte[Varint.readInt(in)];
                in.get(value);
                items.add(new Item(key, value));
                before = key;
            }
            return new Node(level, items);
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw StoreFault.STORE_DAMAGED.rejected("a map piece cannot be read: " + e);
        }
    }
}
