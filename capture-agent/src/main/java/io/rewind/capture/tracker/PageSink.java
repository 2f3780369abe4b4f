package io.rewind.capture.tracker;

/** Takes pages whose content differs from what was known. */
@FunctionalInterface
public interface PageSink {
    /** Keeps a copy of the 4096 bytes at {@code offset}. */
    void page(long page, byte[] bytes, int offset);
}
