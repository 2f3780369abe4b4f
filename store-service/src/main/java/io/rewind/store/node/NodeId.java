package io.rewind.store.node;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The first 16 bytes of SHA-256 over a node's content, as two big-endian longs. */
public record NodeId(long high, long low) {
    public static final int BYTES = 16;

    public static NodeId of(byte[] content) {
        try {
            return read(ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Takes 16 bytes from where {@code in} stands. */
    public static NodeId read(ByteBuffer in) {
        return new NodeId(in.getLong(), in.getLong());
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
