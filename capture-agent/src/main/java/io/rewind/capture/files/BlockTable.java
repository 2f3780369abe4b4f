package io.rewind.capture.files;

import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.util.Arrays;

/**
 * The blocks of a file: the digest of each, and where its content is staged if it was read for this capture. A block
 * of zeros has the digest 0, 0 and no content. Not changed once shared.
 */
final class BlockTable {
    static final BlockTable EMPTY = new BlockTable(0);
    private static final long NOT_STAGED = -1;

    final long size;
    private final long[] high;
    private final long[] low;
    private final long[] staged;

    BlockTable(long size) {
        int blocks = Math.toIntExact(Block.count(size));
        this.size = size;
        this.high = new long[blocks];
        this.low = new long[blocks];
        this.staged = new long[blocks];
        Arrays.fill(staged, NOT_STAGED);
    }

    int blocks() {
        return high.length;
    }

    int length(int block) {
        return (int) Math.min(Block.SIZE, size - (long) block * Block.SIZE);
    }

    boolean same(int block, BlockTable other) {
        return block < other.blocks()
                && high[block] == other.high[block]
                && low[block] == other.low[block]
                && length(block) == other.length(block);
    }

    boolean isZero(int block) {
        return high[block] == 0 && low[block] == 0;
    }

    void set(int block, BlockDigest digest) {
        high[block] = digest.high();
        low[block] = digest.low();
    }

    void stagedAt(int block, long position) {
        staged[block] = position;
    }

    /** Position in the staging area; negative when the content was not read for this capture. */
    long staged(int block) {
        return staged[block];
    }

    BlockDigest digest() {
        BlockDigest sum = BlockDigest.EMPTY;
        for (int i = 0; i < high.length; i++) {
            sum = sum.plus(new BlockDigest(high[i], low[i]));
        }
        return sum;
    }

    /** The same without staged positions: they do not outlive the capture. */
    BlockTable settled() {
        if (Arrays.stream(staged).allMatch(position -> position == NOT_STAGED)) {
            return this;
        }
        BlockTable table = new BlockTable(size);
        System.arraycopy(high, 0, table.high, 0, high.length);
        System.arraycopy(low, 0, table.low, 0, low.length);
        return table;
    }
}
