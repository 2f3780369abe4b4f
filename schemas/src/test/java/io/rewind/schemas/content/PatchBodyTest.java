package io.rewind.schemas.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchBodyTest {
    /** One source of whole blocks, one of patches; three patches, the second of which changes nothing. */
    private static final byte[] GOLDEN = HexFormat.of()
            .parseHex("0000" + "0100" + "0100"
                    + "00112233445566778899aabbccddeeff" + "ffeeddccbbaa99887766554433221100"
                    + "0000" + "0000" + "0100"
                    + "0500" + "c700" + "0000"
                    + "0400" + "0000" + "0300"
                    + "02024142" + "000143");

    @Test
    void theLayoutStaysAsItIs() {
        PatchBody body = (PatchBody) ChunkBody.of(GOLDEN, 3);
        assertThat(body.blocks()).isEqualTo(3);
        assertThat(body.sources())
                .containsExactly(
                        new ChunkId(0x0011223344556677L, 0x8899aabbccddeeffL),
                        new ChunkId(0xffeeddccbbaa9988L, 0x7766554433221100L));
        assertThat(body.holdsPatches(0)).isFalse();
        assertThat(body.holdsPatches(1)).isTrue();
        assertThat(body.source(2)).isEqualTo(1);
        assertThat(body.number(1)).isEqualTo(199);
        byte[] block = "abcdef".getBytes(StandardCharsets.US_ASCII);
        body.apply(0, block, 0, 6);
        body.apply(1, block, 0, 6);
        body.apply(2, block, 0, 6);
        assertThat(block).asString(StandardCharsets.US_ASCII).isEqualTo("CbABef");
    }

    @Test
    void itsIdProvesItLikeAnyOther() {
        ChunkId id = ChunkId.of(ByteBuffer.wrap(GOLDEN));
        byte[] sealed = Zstd.compress(GOLDEN);
        assertThat(ChunkBody.open(id, 3, GOLDEN.length, sealed)).isInstanceOf(PatchBody.class);
        assertDamaged(() -> ChunkBody.open(new ChunkId(1, 2), 3, GOLDEN.length, sealed));
        assertDamaged(() -> ChunkBody.open(id, 3, Integer.MAX_VALUE, sealed));
        assertDamaged(() -> ChunkBody.open(id, 3, -1, sealed));
        assertDamaged(() -> ChunkBody.open(id, 3, GOLDEN.length - 1, sealed));
    }

    /** A wrong count of patches, sources beyond the list, numbers beyond a chunk, differences beyond the end. */
    @Test
    void whatContradictsItselfIsRefused() {
        for (int patches : new int[] {-1, 0, 1, 2, 4, ChunkBody.MAX_BLOCKS, ChunkBody.MAX_BLOCKS + 1}) {
            assertDamaged(() -> ChunkBody.of(GOLDEN, patches));
        }
        assertDamaged(() -> ChunkBody.of(with(2, 0, 4, 0), 3));
        assertDamaged(() -> ChunkBody.of(with(2, 0xff, 3, 0xff), 3));
        assertDamaged(() -> ChunkBody.of(with(38, 2), 3));
        assertDamaged(() -> ChunkBody.of(with(45, 4), 3));
        assertDamaged(() -> ChunkBody.of(with(50, 5), 3));
        assertDamaged(() -> ChunkBody.of(with(51, 0xff), 3));
        for (int length = 0; length < GOLDEN.length; length++) {
            byte[] cut = Arrays.copyOf(GOLDEN, length);
            assertDamaged(() -> ChunkBody.of(cut, 3));
        }
    }

    private static byte[] with(int... placesAndValues) {
        byte[] changed = GOLDEN.clone();
        for (int i = 0; i < placesAndValues.length; i += 2) {
            changed[placesAndValues[i]] = (byte) placesAndValues[i + 1];
        }
        return changed;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void damageIsAFaultAndNothingElse(long seed) {
        Random random = new Random(seed);
        int opened = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = random.nextInt(4) == 0 ? new byte[random.nextInt(200)] : GOLDEN.clone();
            for (int flips = random.nextInt(6); flips > 0 && bytes.length > 2; flips--) {
                bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt(random.nextBoolean() ? 8 : 256);
            }
            int patches = random.nextInt(3) == 0 ? random.nextInt(40) - 4 : 3;
            try {
                ChunkBody body = ChunkBody.of(bytes, patches);
                opened++;
                useAll((PatchBody) body);
            } catch (Fault fault) {
                assertThat(fault.code()).as("seed %d, round %d", seed, round).isEqualTo(ContentFault.CHUNK_DAMAGED);
            }
        }
        assertThat(opened).as("seed %d", seed).isPositive();
    }

    private static void useAll(PatchBody body) {
        byte[] block = new byte[Block.SIZE];
        for (int i = 0; i < body.blocks(); i++) {
            assertThat(body.source(i)).isBetween(0, body.sources().size() - 1);
            assertThat(body.number(i)).isBetween(0, ChunkBody.MAX_BLOCKS - 1);
            body.apply(i, block, 0, block.length);
        }
    }

    private static void assertDamaged(ThrowingCallable open) {
        assertThatThrownBy(open)
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ContentFault.CHUNK_DAMAGED));
    }
}
