package io.rewind.schemas.content;

/** The first 16 bytes of SHA-256 over a block's content, as two big-endian longs. */
public record BlockKey(long high, long low) {
    public static final int BYTES = 16;

    @Override
    public int hashCode() {
        return Long.hashCode(low);
    }
}
