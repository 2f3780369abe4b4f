package io.rewind.encoder.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.schemas.content.Block;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorFileTest {
    private static final String SECRET = "a password that was in memory";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static byte[] block(int fill) {
        byte[] block = new byte[Block.SIZE];
        Arrays.fill(block, (byte) fill);
        System.arraycopy(SECRET.getBytes(StandardCharsets.US_ASCII), 0, block, 100, SECRET.length());
        return block;
    }

    @Test
    void givesBackWhatWasWrittenLast() throws IOException {
        try (MirrorFile file = MirrorFile.in(folder, 10)) {
            byte[] read = new byte[Block.SIZE];
            file.write(5, false, block(1), 0, Block.SIZE);
            file.write(5, true, block(2), 0, Block.SIZE);
            file.write(5, false, block(3), 0, Block.SIZE);
            file.read(5, false, read, Block.SIZE);
            assertThat(read).isEqualTo(block(3));
            file.read(5, true, read, Block.SIZE);
            assertThat(read).isEqualTo(block(2));
            file.clear();
            file.write(0, true, block(4), 90, 500);
            file.read(0, true, read, 300);
            assertThat(Arrays.copyOf(read, 300)).isEqualTo(Arrays.copyOfRange(block(4), 90, 390));
        }
    }

    /** What is written together reads back one by one, whenever it is asked for. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void givesBackWhatWasWrittenLastInAnyOrder(long seed) throws IOException {
        Random random = new Random(seed);
        int slots = 300;
        byte[][] expected = new byte[2 * slots][];
        byte[] read = new byte[Block.SIZE];
        try (MirrorFile file = MirrorFile.in(folder, slots)) {
            for (int step = 0; step < 3000; step++) {
                int slot = random.nextInt(slots);
                boolean newest = random.nextInt(4) == 0;
                for (int row = random.nextInt(100); row >= 0 && slot < slots; row--, slot++) {
                    byte[] block = new byte[random.nextInt(10) == 0 ? 1 + random.nextInt(Block.SIZE) : Block.SIZE];
                    random.nextBytes(block);
                    file.write(slot, newest, block, 0, block.length);
                    expected[2 * slot + (newest ? 1 : 0)] = block;
                }
                int asked = random.nextInt(2 * slots);
                byte[] known = expected[asked];
                if (known != null) {
                    file.read(asked / 2, asked % 2 == 1, read, known.length);
                    assertThat(Arrays.copyOf(read, known.length)).isEqualTo(known);
                }
            }
        }
    }

    @Test
    void theDiskSeesNothingThatWasInMemory() throws IOException {
        try (MirrorFile file = MirrorFile.in(folder, 10)) {
            file.write(0, false, block(1), 0, Block.SIZE);
            file.write(0, true, block(1), 0, Block.SIZE);
            file.flush();
            byte[] disk = onDisk();
            assertThat(disk).hasSize(11 * Block.SIZE);
            assertThat(new String(disk, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
            assertThat(Arrays.copyOf(disk, Block.SIZE))
                    .as("the same block again looks different")
                    .isNotEqualTo(Arrays.copyOfRange(disk, 10 * Block.SIZE, 11 * Block.SIZE));
        }
    }

    /** The file has no name any more, but this process still holds it. */
    private byte[] onDisk() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open.toList()) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().startsWith(folder.toString())) {
                    return Files.readAllBytes(descriptor);
                }
            }
        }
        throw new AssertionError("the mirror's file is not open");
    }
}
