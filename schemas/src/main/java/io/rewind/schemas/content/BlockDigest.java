package io.rewind.schemas.content;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;

/**
 * A checksum over many blocks that can be kept up to date when one of them changes: the lane-wise sum modulo 2^64 of
 * XXH3-128 over (block number, content). Guards against damage, not against a forger.
 *
 * <pre>
 *   hashed:  u64le block number, content (1 to 4096 bytes)
 *   digest:  u64be sum of the most significant halves, u64be sum of the least significant ones
 * </pre>
 */
public record BlockDigest(long high, long low) {
    public static final BlockDigest EMPTY = new BlockDigest(0, 0);
    public static final int BYTES = 16;

    /** Of one block: {@code length} bytes at {@code offset}. */
    public static BlockDigest of(long number, byte[] bytes, int offset, int length) {
        Hasher128 hasher = Hashing.xxh3_128();
        HashValue128 hash = hasher.hashStream()
                .putLong(number)
                .putBytes(bytes, offset, length)
                .get();
        return new BlockDigest(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    public static BlockDigest read(ByteBuffer bytes) {
        return bytes.remaining() == BYTES
                ? new BlockDigest(bytes.getLong(bytes.position()), bytes.getLong(bytes.position() + Long.BYTES))
                : EMPTY;
    }

    public BlockDigest plus(BlockDigest other) {
        return new BlockDigest(high + other.high, low + other.low);
    }

    public BlockDigest minus(BlockDigest other) {
        return new BlockDigest(high - other.high, low - other.low);
    }

    public ByteBuffer toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).flip();
    }
}
