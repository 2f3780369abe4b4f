package io.rewind.runtime.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileHandleTest {
    private static final byte[] NAME = PosixPath.of("file");
    private static final long SEED = 20260;

    private final Scratch scratch = new Scratch();

    @AfterEach
    void remove() {
        scratch.close();
    }

    @Test
    void heapAndNativeBuffersCarryTheSameBytes() {
        byte[] bytes = new byte[300_001];
        new Random(SEED).nextBytes(bytes);
        try (Directory root = scratch.root();
                Arena arena = Arena.ofConfined()) {
            try (FileHandle file = root.create(NAME, 0600)) {
                file.write(MemorySegment.ofArray(bytes), 7);
                file.write(
                        MemorySegment.ofBuffer(
                                ByteBuffer.wrap(bytes).slice(0, 7).asReadOnlyBuffer()),
                        0);
            }
            MemorySegment whole = arena.allocate(400_000);
            byte[] heap = new byte[400_000];
            try (FileHandle file = root.openFile(NAME)) {
                assertThat(file.read(whole, 7)).as("seed %d", SEED).isEqualTo(bytes.length);
                assertThat(whole.asSlice(0, bytes.length).toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(bytes);
                assertThat(file.read(MemorySegment.ofArray(heap), 7)).isEqualTo(bytes.length);
                assertThat(heap).startsWith(bytes);
                MemorySegment direct = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(7));
                assertThat(file.read(direct, 0)).isEqualTo(7);
                assertThat(direct.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(java.util.Arrays.copyOf(bytes, 7));
                assertThat(file.read(whole, 1 << 20)).isZero();
                assertThat(file.read(MemorySegment.ofArray(new byte[0]), 0)).isZero();
            }
        }
    }

    @Test
    void holesAreFoundAndMade() {
        try (Directory root = scratch.root()) {
            try (FileHandle file = root.create(NAME, 0600)) {
                file.write(MemorySegment.ofArray(new byte[] {1}), 1 << 20);
                file.truncate(4 << 20);
            }
            try (FileHandle file = root.openFile(NAME)) {
                assertThat(file.stat().size()).isEqualTo(4 << 20);
                assertThat(file.nextData(0)).hasValue(1 << 20);
                assertThat(file.nextHole(1 << 20)).isEqualTo((1 << 20) + 4096);
                assertThat(file.nextData((1 << 20) + 4096)).isEmpty();
                byte[] zeros = {9, 9};
                assertThat(file.read(MemorySegment.ofArray(zeros), 3 << 20)).isEqualTo(2);
                assertThat(zeros).containsOnly(0);
            }
        }
    }

    @Test
    void buffersThatMustNotBeWrittenAreRefused() {
        try (Directory root = scratch.root()) {
            root.create(NAME, 0600).close();
            try (FileHandle file = root.openFile(NAME)) {
                MemorySegment freed;
                try (Arena arena = Arena.ofConfined()) {
                    freed = arena.allocate(8);
                    MemorySegment readOnly = freed.asReadOnly();
                    assertThatThrownBy(() -> file.read(readOnly, 0)).isInstanceOf(IllegalArgumentException.class);
                }
                assertThatThrownBy(() -> file.read(freed, 0)).isInstanceOf(IllegalStateException.class);
                assertThatExceptionOfType(ErrnoException.class)
                        .as("opened for reading")
                        .isThrownBy(() -> file.write(MemorySegment.ofArray(new byte[1]), 0))
                        .withMessage("pwrite64 file: EBADF");
            }
        }
    }

    @Test
    void aClosedHandleTouchesNobodyElsesDescriptor() {
        try (Directory root = scratch.root()) {
            FileHandle first = root.create(NAME, 0600);
            first.close();
            try (FileHandle second = root.create(PosixPath.of("other"), 0600)) {
                first.close();
                assertThatThrownBy(first::stat).isInstanceOf(IllegalStateException.class);
                second.truncate(5);
                assertThat(second.stat().size()).isEqualTo(5);
            }
        }
    }
}
