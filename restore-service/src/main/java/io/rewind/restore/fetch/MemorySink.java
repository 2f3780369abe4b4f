package io.rewind.restore.fetch;

import io.rewind.runtime.process.PageRanges;
import java.nio.ByteBuffer;

/** Where pages go, of which some may be at hand: those are laid before it is sure that they are right. Thread-safe. */
public interface MemorySink extends BlockSink {
    /** Pages one after another, off the heap. */
    void lay(long page, ByteBuffer bytes);

    /** Pages that were laid, and stay. */
    void keep(PageRanges laid);
}
