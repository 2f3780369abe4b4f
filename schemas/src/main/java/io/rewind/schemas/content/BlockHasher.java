package io.rewind.schemas.content;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes blocks where they lie. For one thread. */
public final class BlockHasher {
    private final MessageDigest sha;
    private final byte[] digest = new byte[32];
    private final ByteBuffer view = ByteBuffer.wrap(digest);

    public BlockHasher() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    public BlockKey key(byte[] bytes, int offset, int length) {
        sha.update(bytes, offset, length);
        try {
            sha.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new AssertionError("32 bytes hold a SHA-256", e);
        }
        return new BlockKey(view.getLong(0), view.getLong(Long.BYTES));
    }
}
