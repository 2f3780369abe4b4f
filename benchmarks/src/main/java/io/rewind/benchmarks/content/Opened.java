package io.rewind.benchmarks.content;

import io.rewind.event.ChunkRecord;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the chunks of a point hold.
 *
 * @param blocks stored whole, in order
 * @param patches chunks of them, opened
 */
record Opened(List<byte[]> blocks, List<PatchBody> patches) {

    /** @param sent records of the chunks topic */
    static Opened of(List<byte[]> sent) {
        List<byte[]> blocks = new ArrayList<>();
        List<PatchBody> patches = new ArrayList<>();
        for (byte[] value : sent) {
            if (Wire.decode(value) instanceof ChunkRecord chunk) {
                switch (open(chunk)) {
                    case PatchBody body -> patches.add(body);
                    case BlockBody body -> {
                        for (int i = 0; i < body.blocks(); i++) {
                            int at = body.offset(i);
                            blocks.add(Arrays.copyOfRange(body.bytes(), at, at + body.length(i)));
                        }
                    }
                }
            }
        }
        return new Opened(blocks, patches);
    }

    private static ChunkBody open(ChunkRecord chunk) {
        return ChunkBody.open(
                ChunkId.read(chunk.getId()), chunk.getBlocks(), chunk.getRawSize(), bytes(chunk.getBody()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
