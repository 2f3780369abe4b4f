package io.rewind.capture.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LateMemoryTest {
    @Test
    void aMappingWhosePagesOthersBringIsTold() {
        Stream<String> lines = Stream.of(
                "7f0000000000-7f0040000000 rw-p 00000000 00:00 0",
                "Rss:               1024 kB",
                "VmFlags: rd wr mr mw me ac um sd ");
        assertThat(LateMemory.isIn(lines)).isTrue();
    }

    @Test
    void watchingForWritesIsSomethingElse() {
        assertThat(LateMemory.isIn(Stream.of("VmFlags: rd wr mr mw me ac uw sd ", "Name: um")))
                .isFalse();
    }

    @Test
    void anOrdinaryProcessHasAllItsMemoryAndSoHasOneThatEnded() throws IOException {
        assertThat(LateMemory.isOf((int) ProcessHandle.current().pid())).isFalse();
        assertThat(LateMemory.isOf(Integer.MAX_VALUE)).isFalse();
    }
}
