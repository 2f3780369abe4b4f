package io.rewind.restore.look;

import io.rewind.event.StreamChange;

/** Takes streams one after the other, the content of each from its first byte to its last. For one thread. */
public interface StreamSink {
    /** A new stream; its runs say nothing here. */
    void begin(StreamChange stream);

    /** The next {@code length} bytes. */
    void content(byte[] bytes, int offset, int length);

    /** So many bytes that are zero. */
    void hole(long length);

    /** All of its content came and is what was captured. */
    void end();
}
