package io.rewind.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final long GIBI = 1L << 30;

    @Test
    void aContainerForWhichThereIsRoomIsTried() {
        assertThatCode(() -> new Room(17 * GIBI, 41 * GIBI).require(8 * GIBI)).doesNotThrowAnyException();
    }

    @Test
    void oneTooLargeIsNotTriedAndTheReasonSaysWhatIsMissing() {
        assertThatThrownBy(() -> new Room(16 * GIBI, 100 * GIBI).require(8 * GIBI))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(ScaleFault.NO_MEMORY))
                .hasMessageContaining("17 GiB of memory")
                .hasMessageContaining("16 GiB are free");
        assertThatThrownBy(() -> new Room(100 * GIBI, 40 * GIBI).require(8 * GIBI))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(ScaleFault.NO_DISK));
    }

    @Test
    void memoryIsWhatTheKernelCallsAvailable() {
        assertThat(Room.available(Stream.of("MemTotal:  9 kB", "MemFree:  1 kB", "MemAvailable:       3 kB")))
                .isEqualTo(3 << 10);
        assertThat(Room.available(Stream.of("MemTotal:  9 kB"))).isZero();
    }
}
