package io.rewind.schemas.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BlockBodyTest {
    /** Two blocks, "abc" and "d". */
    private static final byte[] GOLDEN = HexFormat.of().parseHex("03000100" + "616263" + "64");

    /** As sha256sum has it: of 65535, the lengths, and what it has of "abc" and of "d". */
    private static final String ID = "873d1e400554e63a462b08a39d780b32";

    @Test
    void itsIdIsMadeOfItsBlocks() {
        assertThat(ChunkBody.of(GOLDEN, 2).id()).hasToString(ID);
    }

    @Test
    void eachOfItsBytesIsProved() {
        ChunkId id = ChunkBody.of(GOLDEN, 2).id();
        assertThat(ChunkBody.open(id, 2, GOLDEN.length, Zstd.compress(GOLDEN)).bytes())
                .isEqualTo(GOLDEN);
        for (int bit = 0; bit < 8 * GOLDEN.length; bit++) {
            byte[] bytes = GOLDEN.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(Fault.class)
                    .isThrownBy(() -> ChunkBody.open(id, 2, bytes.length, Zstd.compress(bytes)))
                    .satisfies(fault -> assertThat(fault.code()).isEqualTo(ContentFault.CHUNK_DAMAGED));
        }
    }

    /** Whoever has the digests at hand could otherwise make a chunk of them that stands for another. */
    @Test
    void whatItsIdIsOfIsNoChunkItself() {
        ByteBuffer named = ByteBuffer.wrap(HexFormat.of()
                .parseHex("ffff" + "03000100" + "ba7816bf8f01cfea414140de5dae222318ac3e7343f016890c510e93f9352611"));
        assertThat(ChunkId.of(named)).hasToString(ID);
        assertThatExceptionOfType(Fault.class).isThrownBy(() -> ChunkBody.of(named.array(), 2));
    }
}
