package io.rewind.store.layer;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.node.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Items in the order of their keys' bytes, as they are stored.
 *
 * <pre>
 *   varint  bytes of what follows when it is open; 0: it is open
 *   ...     a zstd frame, or plain:
 *     varint  items
 *     then for each
 *       varint  bytes its key shares with the key before
 *       varint  further bytes of its key, and these
 *       varint  bytes of its value, and these
 * </pre>
 */
final class Piece {
    private static final int LEVEL = 3;
    private static final long LARGEST = 64L << 20;
    private static final byte[] NONE = {};

    private Piece() {}

    static byte[] encode(List<Item> items) {
        byte[] open = open(items);
        byte[] pressed = Zstd.compress(open, LEVEL);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean smaller = pressed.length < open.length;
        Varint.write(out, smaller ? open.length : 0);
        out.writeBytes(smaller ? pressed : open);
        return out.toByteArray();
    }

    private static byte[] open(List<Item> items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
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

    /** @throws io.rewind.runtime.fault.Fault STORE_DAMAGED */
    static List<Item> decode(ByteBuffer bytes) {
        try {
            ByteBuffer in = opened(bytes);
            int count = Varint.readInt(in);
            List<Item> items = new ArrayList<>(Math.min(count, in.remaining()));
            byte[] before = NONE;
            for (int i = 0; i < count; i++) {
                int shared = Varint.readInt(in);
                byte[] key = Arrays.copyOf(before, shared + bounded(in));
                in.get(key, shared, key.length - shared);
                byte[] value = new byte[bounded(in)];
                in.get(value);
                items.add(new Item(key, value));
                before = key;
            }
            return items;
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException | ZstdException e) {
            throw StoreFault.STORE_DAMAGED.rejected("a map piece cannot be read: " + e);
        }
    }

    /** A length that is no longer than what is left. */
    private static int bounded(ByteBuffer in) {
        int length = Varint.readInt(in);
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private static ByteBuffer opened(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate();
        long length = Varint.read(in);
        if (length == 0) {
            return in;
        }
        if (length > LARGEST) {
            throw new IllegalArgumentException("it claims " + length + " bytes");
        }
        byte[] pressed = new byte[in.remaining()];
        in.get(pressed);
        return ByteBuffer.wrap(Zstd.decompress(pressed, (int) length));
    }
}
