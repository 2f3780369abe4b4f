package io.rewind.restore.fetch;

import io.rewind.runtime.process.PageRanges;
import java.nio.ByteBuffer;

/** Where the blocks of a stream go, in any order. Thread-safe. */
public interface BlockSink {
    /**
     * One block or several one after another.
     *
     * @param block number, in the stream, of the first
     * @param length 4096 bytes each; only the last of a file may be shorter
     */
    void put(long block, byte[] bytes, int offset, int length);

    /** A block that is there and zero. */
    void zero(long block);

    /** Blocks one after another, off the heap, of which it is not sure yet that they are right. */
    default void lay(long block, ByteBuffer bytes) {
        throw new UnsupportedOperationException("only memory is at hand anywhere");
    }

    /** Blocks that were laid, and stay. */
    default void keep(PageRanges laid) {
        throw new UnsupportedOperationException("only memory is at hand anywhere");
    }

    /** Everything comes once more. */
    default void startOver() {
        throw new UnsupportedOperationException("only memory is at hand anywhere");
    }
}
