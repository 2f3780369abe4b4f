package io.rewind.restore.fetch;

import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.content.BlockDigest;

/** Blocks that somebody had at hand, and what each counts in the digest of its stream. Immutable. */
public final class Held {
    public static final Held NOTHING = new Held(PageRanges.EMPTY, PageRanges.EMPTY, new long[0], new long[0]);

    private final PageRanges blocks;
    private final PageRanges counted;
    private final long[] high;
    private final long[] low;

    /**
     * @param counted blocks that the columns are of, in order
     * @param blocks those of them that count
     * @param high of the digests, not to be written to
     * @param low likewise
     */
    public Held(PageRanges blocks, PageRanges counted, long[] high, long[] low) {
        this.blocks = blocks.intersect(counted);
        this.counted = counted;
        this.high = high;
        this.low = low;
    }

    public PageRanges blocks() {
        return blocks;
    }

    /** What some of the blocks count together. */
    BlockDigest digest(PageRanges some) {
        long sumHigh = 0;
        long sumLow = 0;
        int column = 0;
        int next = 0;
        for (int stretch = 0; stretch < counted.stretches(); stretch++) {
            long first = counted.first(stretch);
            for (; next < some.stretches() && some.first(next) < counted.end(stretch); next++) {
                for (long block = some.first(next); block < some.end(next); block++) {
                    sumHigh += high[column + (int) (block - first)];
                    sumLow += low[column + (int) (block - first)];
                }
            }
            column += (int) (counted.end(stretch) - first);
        }
        return new BlockDigest(sumHigh, sumLow);
    }
}
