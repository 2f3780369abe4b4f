package io.rewind.restore.fetch;

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

    /** Everything comes once more, to the same places. */
    default void startOver() {}
}
