package io.rewind.restore.fetch;

/** Where the blocks of a stream go, in any order. For one thread. */
public interface BlockSink {
    /** @param block number in the stream; 4096 bytes each, only the last of a file shorter */
    void put(long block, byte[] bytes, int offset, int length);

    /** A block that is there and zero. */
    void zero(long block);
}
