package io.rewind.restore.fetch;

import io.rewind.schemas.content.BlockDigest;

/** The running digest of every stream, in columns. For one thread. */
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

    void add(Digests other) {
        for (int i = 0; i < high.length; i++) {
            high[i] += other.high[i];
            low[i] += other.low[i];
        }
    }

    BlockDigest of(int stream) {
        return new BlockDigest(high[stream], low[stream]);
    }
}
