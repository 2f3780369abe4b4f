package io.rewind.capture.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.capture.CaptureFault;
import io.rewind.runtime.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder = Path.of("");

    private record Piece(long at, int seed, int length) {
        byte[] bytes() {
            byte[] bytes = new byte[length];
            new Random(seed).nextBytes(bytes);
            return bytes;
        }
    }

    @Test
    void I10_whatFitsIsReadBackFromMemoryAndFileAndMoreIsAFault() throws IOException {
        Random random = new Random(5);
        List<Piece> pieces = new ArrayList<>();
        try (Staging staging = new Staging(folder, 8 * MIB, 12 * MIB)) {
            assertThatThrownBy(() -> {
                        for (int seed = 0; seed < 100_000; seed++) {
                            int length = random.nextInt(20) == 0 ? random.nextInt(3 * MIB) : 4096;
                            Piece piece = new Piece(0, seed, length);
                            byte[] source = new byte[length + 7];
                            System.arraycopy(piece.bytes(), 0, source, 7, length);
                            pieces.add(new Piece(staging.append(source, 7, length), seed, length));
                        }
                    })
                    .isInstanceOf(Fault.class)
                    .extracting(e -> ((Fault) e).code())
                    .isEqualTo(CaptureFault.STAGING_FULL);
            assertThat(staging.size()).isBetween(16L * MIB, 20L * MIB);
            assertThat(pieces).anyMatch(p -> p.at() > 8 * MIB);
            try (var names = Files.list(folder)) {
                assertThat(names).isEmpty();
            }
            for (Piece piece : pieces) {
                byte[] back = new byte[piece.length() + 3];
                staging.read(piece.at(), back, 3, piece.length());
                assertThat(Arrays.equals(back, 3, back.length, piece.bytes(), 0, piece.length()))
                        .isTrue();
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsAFault() {
        try (Staging staging = new Staging(folder.resolve("missing"), 4 * MIB, 4 * MIB)) {
            staging.append(new byte[4 * MIB], 0, 4 * MIB);
            assertThatThrownBy(() -> staging.append(new byte[1], 0, 1))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("missing");
        }
    }
}
