package io.rewind.capture.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.ProcessStat;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
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
    void anOrdinaryProcessHasAllItsMemoryAndSoHasOneThatEnded() throws Exception {
        assertThat(LateMemory.isOf(
                        ProcessKey.of((int) ProcessHandle.current().pid()).orElseThrow()))
                .isFalse();
        assertThat(LateMemory.isOf(new ProcessKey(Integer.MAX_VALUE, 0))).isFalse();
    }

    /** Its smaps is there still, and cannot be read. */
    @Test
    void whoseExitStatusNobodyHasTakenYetHasEnded() throws Exception {
        // The shell becomes a program that never asks for it.
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 1 & echo $!; exec sleep 1000").start();
        try (BufferedReader said = parent.inputReader(StandardCharsets.US_ASCII)) {
            int pid = Integer.parseInt(Objects.requireNonNull(said.readLine()));
            ProcessKey child = ProcessKey.of(pid).orElseThrow();
            await().until(() -> ProcessStat.of(child.pid()).isEnded());
            assertThat(LateMemory.isOf(child)).isFalse();
        } finally {
            parent.destroy();
        }
    }
}
