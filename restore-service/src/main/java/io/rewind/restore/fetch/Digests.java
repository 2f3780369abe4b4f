package io.rewind.restore.fetch;

import io.rewind.schemas.content.BlockDigest;

/** The running digest of every stream, in columns. */
final class Digests {
    private final long[] high;
    private final long[] low;

    Digests(int streams) {
        high = new long[streams];
        low = new long[streams];
    }

    void add(int stream, BlockDigest block) {
        high[stream] += block.high();
        low[stream] += block.low();
    }

    BlockDigest of(int stream) {
        return new BlockDigest(high[stream], low[stream]);
    }
}
