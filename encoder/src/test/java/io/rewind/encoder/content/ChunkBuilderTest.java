package io.rewind.encoder.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.ChunkRecord;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.BlockHasher;
import io.rewind.schemas.content.BlockKey;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkBuilderTest {
    private final ChunkBuilder builder = new ChunkBuilder();
    private final BlockHasher hasher = new BlockHasher();

    @Test
    void whatIsSealedOpensAgainAlsoAfterReuse() {
        Random random = new Random(5);
        try (ChunkSealer sealer = new ChunkSealer(3)) {
            for (int blocks : new int[] {1, 200, 7}) {
                byte[][] contents = new byte[blocks][];
                for (int i = 0; i < blocks; i++) {
                    contents[i] = new byte[1 + random.nextInt(Block.SIZE)];
                    random.nextBytes(contents[i]);
                    BlockKey key = hasher.key(contents[i], 0, contents[i].length);
                    assertThat(builder.add(key, i, contents[i], 0, contents[i].length))
                            .isEqualTo(i);
                }
                SealedChunk chunk = builder.seal(sealer);
                byte[] sealed = new byte[chunk.body().remaining()];
                chunk.body().get(sealed);
                BlockBody body = (BlockBody) ChunkBody.open(chunk.id(), chunk.blocks(), chunk.rawSize(), sealed);
                for (int i = 0; i < blocks; i++) {
                    assertThat(Arrays.copyOfRange(body.bytes(), body.offset(i), body.offset(i) + body.length(i)))
                            .isEqualTo(contents[i]);
                }
                builder.clear();
            }
        }
    }

    @Test
    void aFullChunkOfNoiseFitsARecord() {
        byte[] block = new byte[Block.SIZE];
        Random random = new Random(6);
        while (!builder.isFull()) {
            random.nextBytes(block);
            builder.add(new BlockKey(random.nextLong(), random.nextLong()), 0, block, 0, block.length);
        }
        try (ChunkSealer sealer = new ChunkSealer(1)) {
            SealedChunk chunk = builder.seal(sealer);
            byte[] record = Wire.encode(new ChunkRecord(
                    "a".repeat(64),
                    ByteBuffer.wrap(chunk.id().toBytes()),
                    chunk.blocks(),
                    chunk.rawSize(),
                    chunk.body()));
            assertThat(record.length).isBetween(200 * Block.SIZE, Wire.MAX_RECORD);
        }
    }
}
