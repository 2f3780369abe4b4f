package io.rewind.schemas.id;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The first {@value #BYTES} bytes of SHA-256 over what proves a chunk, see ChunkBody, as two big-endian longs. */
public record ChunkId(long high, long low) {
    public static final int BYTES = 16;

    /** Of these bytes, from position to limit, which it leaves as they are. */
    public static ChunkId of(ByteBuffer bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes.duplicate());
            return read(ByteBuffer.wrap(sha.digest(), 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** From a record's bytes, which keep their position. @throws Fault REJECTED unless they are 16. */
    public static ChunkId read(ByteBuffer bytes) {
        if (bytes.remaining() != BYTES) {
            throw new Fault(IdFault.ID_INVALID, Severity.REJECTED, "a chunk id has 16 bytes, not " + bytes.remaining());
        }
        return new ChunkId(bytes.getLong(bytes.position()), bytes.getLong(bytes.position() + Long.BYTES));
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** Compared for each block of a point: profiles of a restore showed the one that a record gets. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkId(long otherHigh, long otherLow) && high == otherHigh && low == otherLow;
    }

    /** Any of its bits are as good as others. */
    @Override
    public int hashCode() {
        return (int) low;
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
