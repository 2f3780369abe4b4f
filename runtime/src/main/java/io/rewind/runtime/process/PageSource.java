package io.rewind.runtime.process;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The pages of a process by their numbers. */
@FunctionalInterface
public interface PageSource {
    /**
     * Fills {@code target}, which is off the heap, with these pages, one after the other.
     *
     * @throws IOException when any of them cannot be read; what the target holds then is of no use
     */
    void read(PageRanges pages, ByteBuffer target) throws IOException;
}
