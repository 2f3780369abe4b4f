package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.runtime.fault.Fault;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Valid bytes with a few of them changed: every reader refuses them with a fault or reads something valid. */
class DamagedImagesTest {
    private static final int ROUNDS = 20_000;

    @Test
    void pageMap() {
        int read = mutate(Golden.file(Golden.WIDE_PAGE_MAP), bytes -> {
            PageMap map = PageMap.read("1", new ByteArrayInputStream(bytes));
            assertThat(PageMap.read("1", new ByteArrayInputStream(Golden.written(map))))
                    .isEqualTo(map);
            assertThat(map.presentBytes()).isBetween(0L, Long.MAX_VALUE);
            if (map.entries().stream().noneMatch(Entry::inParent)) {
                assertThat(ImageRebuild.of(map).bytes()).isEqualTo(map.pages() * Entry.PAGE);
            }
        });
        assertThat(read).isBetween(1, ROUNDS - 1);
    }

    @Test
    void narrowPageMap() {
        int read = mutate(Golden.narrowPageMap(), bytes -> PageMap.read("1", new ByteArrayInputStream(bytes)));
        assertThat(read).isBetween(1, ROUNDS - 1);
    }

    @Test
    void processTree() {
        int read = mutate(Golden.file(Golden.PROCESS_TREE), bytes -> ProcessTree.read(new ByteArrayInputStream(bytes)));
        assertThat(read).isBetween(1, ROUNDS - 1);
    }

    @Test
    void descriptors() {
        byte[] valid = "[\"/dev/null\",\"pipe:[8294]\",\"\\u0041\\/\"]".getBytes(StandardCharsets.UTF_8);
        int read = mutate(valid, bytes -> {
            Descriptors found = Descriptors.parse(new String(bytes, StandardCharsets.ISO_8859_1));
            assertThat(Descriptors.parse(found.toJson())).isEqualTo(found);
        });
        assertThat(read).isBetween(1, ROUNDS - 1);
    }

    /** How many of the mutants were read. */
    private static int mutate(byte[] valid, Consumer<byte[]> reader) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = mutant(valid, random);
            try {
                reader.accept(mutant);
                read++;
            } catch (Fault fault) {
                assertThat(fault.code()).isInstanceOf(CriuFault.class).isNotEqualTo(CriuFault.IMAGE_IO);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("seed " + seed + " round " + round + ": " + Arrays.toString(mutant), e);
            }
        }
        return read;
    }

    private static byte[] mutant(byte[] valid, SplittableRandom random) {
        byte[] bytes = valid.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = at == 0 ? bytes : Arrays.copyOf(bytes, at);
                default -> {
                    int length = random.nextInt(Math.min(16, bytes.length - at) + 1);
                    System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
            }
        }
        return bytes;
    }
}
