package io.rewind.encoder.content;

/** The first 16 bytes of SHA-256 over a block's content, as two big-endian longs. */
record BlockKey(long high, long low) {
    @Override
    public int hashCode() {
        return Long.hashCode(low);
    }
}
