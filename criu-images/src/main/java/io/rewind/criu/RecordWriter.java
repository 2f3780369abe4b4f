package io.rewind.criu;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes what {@link RecordReader} reads; the layout is drawn there. */
final class RecordWriter {
    private final OutputStream out;

    RecordWriter(OutputStream out, int magic) throws IOException {
        this.out = out;
        word(RecordReader.COMMON_MAGIC);
        word(magic);
    }

    void record(byte[] message) throws IOException {
        word(message.length);
        out.write(message);
    }

    private void word(int value) throws IOException {
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }
}
