package io.rewind.encoder.mirror;

import com.dynatrace.hash4j.hashing.Hashing;
import io.rewind.event.StreamKind;
import java.nio.ByteBuffer;

/**
 * Names a block by 64 bits. Two blocks of the same name take turns in one slot, which costs bytes and nothing else, for a
 * slot's content and place always belong together.
 */
public final class StreamHash {
    private static final long ODD = 0x9e3779b97f4a7c15L;

    private StreamHash() {}

    public static long of(String timeline, StreamKind kind, String tree, ByteBuffer name) {
        byte[] bytes = new byte[name.remaining()];
        name.duplicate().get(bytes);
        return Hashing.xxh3_64()
                .hashStream()
                .putString(timeline)
                .putString(kind.name())
                .putString(tree)
                .putByteArray(bytes)
                .getAsLong();
    }

    /** Of a block of the stream with this hash. */
    public static long block(long stream, long number) {
        long mixed = (stream + number) * ODD;
        return mixed ^ (mixed >>> 29);
    }
}
