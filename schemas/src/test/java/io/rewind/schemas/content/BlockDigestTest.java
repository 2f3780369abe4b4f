package io.rewind.schemas.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockDigestTest {
    private final byte[] bytes = new byte[3 * Block.SIZE];

    BlockDigestTest() {
        new Random(7).nextBytes(bytes);
    }

    private BlockDigest block(int number) {
        return BlockDigest.of(number, bytes, number * Block.SIZE, Block.SIZE);
    }

    @Test
    void theOrderOfBlocksDoesNotMatterButTheirPlaceDoes() {
        BlockDigest all = block(0).plus(block(1)).plus(block(2));
        assertThat(block(2).plus(block(0)).plus(block(1))).isEqualTo(all);
        assertThat(BlockDigest.of(1, bytes, 0, Block.SIZE)).isNotEqualTo(block(0));
    }

    @Test
    void aBlockCanBeExchanged() {
        BlockDigest before = block(0).plus(block(1));
        BlockDigest swapped = BlockDigest.of(1, bytes, 2 * Block.SIZE, Block.SIZE);
        assertThat(before.minus(block(1)).plus(swapped)).isEqualTo(block(0).plus(swapped));
    }

    @Test
    void bytesRoundTrip() {
        assertThat(BlockDigest.read(block(1).toBytes())).isEqualTo(block(1));
    }
}
