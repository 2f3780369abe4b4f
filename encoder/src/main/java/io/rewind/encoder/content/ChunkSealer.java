package io.rewind.encoder.content;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/** Compresses chunk bodies, reusing its buffers. For one thread. */
final class ChunkSealer implements AutoCloseable {
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private byte[] out = new byte[0];

    ChunkSealer(int level) {
        zstd.setLevel(level);
    }

    /** One frame, with its content's size; it lasts until the next one. */
    ByteBuffer compress(byte[] bytes, int offset, int length) {
        int bound = (int) Zstd.compressBound(length);
        if (out.length < bound) {
            out = new byte[bound];
        }
        int size = zstd.compressByteArray(out, 0, out.length, bytes, offset, length);
        return ByteBuffer.wrap(out, 0, size);
    }

    @Override
    public void close() {
        zstd.close();
    }
}
