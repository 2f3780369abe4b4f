package io.rewind.store.map;

import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.store.fault.StoreFault;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The key of a stream's description, and before its number that of each of its segments. Sorts as a point is read:
 * memory, images, trees, in a tree parents before children.
 *
 * <pre>
 *   u8     kind: 0 memory, 1 image, 2 upper directory, 3 volume
 *   ...    tree, UTF-8
 *   u8     0
 *   ...    name
 *   u8     0
 *   u64be  number of the segment; not for the description
 * </pre>
 */
record StreamKey(StreamKind kind, String tree, ByteBuffer name) {
    private static final int LONGEST = 4096;

    /** Checked to be what may be stored. @throws io.rewind.runtime.fault.Fault POINT_INVALID */
    static StreamKey of(StreamChange change) {
        StreamKey key = new StreamKey(
                change.getKind(), change.getTree(), change.getName().asReadOnlyBuffer());
        if (!StreamNames.areValid(key)) {
            throw StoreFault.POINT_INVALID.rejected("a stream of kind " + key.kind + " cannot have the name \""
                    + shown(key.name) + "\" in \"" + key.tree + "\"");
        }
        return key;
    }

    private static String shown(ByteBuffer name) {
        String text = StandardCharsets.UTF_8.decode(name.duplicate()).toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    boolean isFileTree() {
        return kind == StreamKind.UPPER || kind == StreamKind.VOLUME;
    }

    byte[] description() {
        return bytes(name, 0);
    }

    byte[] segment(long number) {
        byte[] key = Arrays.copyOf(description(), description().length + Long.BYTES);
        ByteBuffer.wrap(key).putLong(key.length - Long.BYTES, number);
        return key;
    }

    /** Just after everything that belongs to the stream. */
    byte[] end() {
        return bytes(name, 1);
    }

    /** The stream itself. */
    StreamRanges.Range own() {
        return new StreamRanges.Range(description(), end());
    }

    /** The directory that an entry of a tree is in; the root is in none. */
    Optional<StreamKey> above() {
        if (name.remaining() == 0) {
            return Optional.empty();
        }
        int slash = name.limit() - 1;
        while (slash > name.position() && name.get(slash) != '/') {
            slash--;
        }
        return Optional.of(new StreamKey(kind, tree, name.slice(name.position(), slash - name.position())));
    }

    /** Where what lies below this directory begins and just after it ends. The root is in it itself. */
    byte[][] below() {
        if (name.remaining() == 0) {
            return new byte[][] {afterTree(0), afterTree(1)};
        }
        return new byte[][] {bytes(name, '/'), bytes(name, '/' + 1)};
    }

    private byte[] bytes(ByteBuffer path, int last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(afterTree(0));
        byte[] copy = new byte[path.remaining()];
        path.duplicate().get(copy);
        out.writeBytes(copy);
        out.write(last);
        return out.toByteArray();
    }

    private byte[] afterTree(int last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(rank(kind));
        out.writeBytes(tree.getBytes(StandardCharsets.UTF_8));
        out.write(last);
        return out.toByteArray();
    }

    /** Where all streams of the kind begin. */
    static byte[] start(StreamKind kind) {
        return new byte[] {rank(kind)};
    }

    /** Just after them. */
    static byte[] end(StreamKind kind) {
        return new byte[] {(byte) (rank(kind) + 1)};
    }

    static boolean isOf(StreamKind kind, byte[] key) {
        return key[0] == rank(kind);
    }

    private static byte rank(StreamKind kind) {
        return switch (kind) {
            case MEMORY -> 0;
            case IMAGE -> 1;
            case UPPER -> 2;
            case VOLUME -> 3;
        };
    }

    private static StreamKind kind(byte rank) {
        return switch (rank) {
            case 0 -> StreamKind.MEMORY;
            case 1 -> StreamKind.IMAGE;
            case 2 -> StreamKind.UPPER;
            case 3 -> StreamKind.VOLUME;
            default -> throw StoreFault.STORE_DAMAGED.rejected("a map has a stream of kind " + rank);
        };
    }

    /** The stream that a key belongs to. */
    static StreamKey read(byte[] key) {
        int tree = indexOfZero(key, 1);
        int name = indexOfZero(key, tree + 1);
        return new StreamKey(
                kind(key[0]),
                new String(key, 1, tree - 1, StandardCharsets.UTF_8),
                ByteBuffer.wrap(key, tree + 1, name - tree - 1).slice());
    }

    /** The segment that a key stands for; empty: the description. */
    static OptionalLong segmentOf(byte[] key) {
        int end = indexOfZero(key, indexOfZero(key, 1) + 1) + 1;
        return end == key.length
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(key).getLong(end));
    }

    private static int indexOfZero(byte[] key, int from) {
        int at = from;
        while (key[at] != 0) {
            at++;
        }
        return at;
    }

    static int longest() {
        return LONGEST;
    }
}
