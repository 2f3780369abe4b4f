package io.rewind.schemas.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void I7_whatIsAppliedIsWhatWasCompared(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int length = 1 + random.nextInt(Block.SIZE);
            byte[] from = new byte[length + 3];
            random.nextBytes(from);
            byte[] to = Arrays.copyOfRange(from, 3, 3 + length);
            mutate(random, to);
            byte[] out = new byte[2 * Block.SIZE];
            int limit = random.nextInt(out.length - 5);
            int written = Difference.write(from, 3, to, 0, length, out, 5, limit);
            assertThat(written).isLessThanOrEqualTo(limit);
            if (written >= 0) {
                Difference.apply(out, 5, 5 + written, from, 3, length);
                assertThat(from).as("seed %d, round %d", seed, round).endsWith(to);
            }
        }
    }

    private static void mutate(Random random, byte[] bytes) {
        for (int changes = random.nextInt(20); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
            for (int i = at; i < end; i++) {
                bytes[i] = (byte) random.nextInt(4);
            }
        }
    }

    @Test
    void equalBlocksDifferByNothing() {
        byte[] block = new byte[] {1, 2, 3};
        assertThat(Difference.write(block, 0, block.clone(), 0, 3, new byte[8], 0, 0))
                .isZero();
    }

    @Test
    void theLayoutStaysAsItIs() {
        byte[] from = new byte[300];
        byte[] to = from.clone();
        to[2] = 7;
        to[4] = 8;
        to[200] = 9;
        to[299] = 10;
        byte[] out = new byte[64];
        int written = Difference.write(from, 0, to, 0, 300, out, 0, 64);
        assertThat(HexFormat.of().formatHex(out, 0, written)).isEqualTo("0203070008" + "c3010109" + "62010a");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void noiseIsRefusedOrStaysWithinItsBlock(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(24)];
            random.nextBytes(noise);
            int length = 1 + random.nextInt(256);
            byte[] around = new byte[length + 2];
            try {
                Difference.apply(noise, 0, noise.length, around, 1, length);
            } catch (Fault fault) {
                assertThat(fault.code()).isEqualTo(ContentFault.CHUNK_DAMAGED);
                refused++;
            }
            assertThat(around[0]).as("seed %d, round %d", seed, round).isZero();
            assertThat(around[length + 1]).isZero();
        }
        assertThat(refused).isBetween(10_000, 19_999);
    }

    @Test
    void aNumberThatNeverEndsIsRefused() {
        byte[] endless = {-1, -1, -1, -1, -1};
        assertThatThrownBy(() -> Difference.apply(endless, 0, 5, new byte[9], 0, 9))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(ContentFault.CHUNK_DAMAGED));
    }
}
