package io.rewind.store.map;

import io.rewind.event.StreamChange;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.node.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a layer says of a stream beside its blocks, and what that does to older layers.
 *
 * <pre>
 *   u8      1: a description follows; 2: what lies below it in older layers is gone
 *   varint  0: all blocks of older layers stay; otherwise 1 + how many leading ones do
 *   ...     description
 * </pre>
 *
 * @param description encoded; empty: there is no such stream any more. Not written to
 * @param kept leading blocks of older layers that stay
 * @param cutsBelow whether older layers' files below it are gone
 */
record StreamEntry(Optional<ByteBuffer> description, long kept, boolean cutsBelow) {
    private static final long ALL = Long.MAX_VALUE;
    private static final int DESCRIBED = 1;
    private static final int CUTS = 2;

    static final StreamEntry REMOVED = new StreamEntry(Optional.empty(), 0, true);

    static StreamEntry of(StreamChange change) {
        long kept = switch (change.getKind()) {
            case MEMORY -> ALL;
            // Images come whole.
            case IMAGE -> 0;
            case UPPER, VOLUME -> Description.blocks(change);
        };
        return new StreamEntry(
                Optional.of(ByteBuffer.wrap(Description.encode(change))), kept, !Description.isDirectory(change));
    }

    /** This and an older one as one. */
    StreamEntry over(StreamEntry older) {
        return new StreamEntry(description, Math.min(kept, older.kept), cutsBelow || older.cutsBelow);
    }

    /** With nothing below it. */
    StreamEntry alone() {
        return new StreamEntry(description, ALL, false);
    }

    byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((description.isPresent() ? DESCRIBED : 0) | (cutsBelow ? CUTS : 0));
        Varint.write(out, kept == ALL ? 0 : 1 + kept);
        description.ifPresent(
                bytes -> out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()));
        return out.toByteArray();
    }

    /** @throws io.rewind.runtime.fault.Fault STORE_DAMAGED */
    static StreamEntry decode(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        try {
            int flags = in.get();
            long kept = Varint.read(in);
            return new StreamEntry(
                    (flags & DESCRIBED) != 0 ? Optional.of(in.slice()) : Optional.empty(),
                    kept == 0 ? ALL : kept - 1,
                    (flags & CUTS) != 0);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw StoreFault.STORE_DAMAGED.rejected("what a map says of a stream cannot be read: " + e);
        }
    }
}
