package io.rewind.encoder.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.schemas.content.Block;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        try (MirrorFile file = MirrorFile.in(folder)) {
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

    @Test
    void theDiskSeesNothingThatWasInMemory() throws IOException {
        try (MirrorFile file = MirrorFile.in(folder)) {
            file.write(0, false, block(1), 0, Block.SIZE);
            file.write(0, true, block(1), 0, Block.SIZE);
            byte[] disk = onDisk();
            assertThat(disk).hasSize(2 * Block.SIZE);
            assertThat(new String(disk, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
            assertThat(Arrays.copyOf(disk, Block.SIZE))
                    .as("the same block again looks different")
                    .isNotEqualTo(Arrays.copyOfRange(disk, Block.SIZE, 2 * Block.SIZE));
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
