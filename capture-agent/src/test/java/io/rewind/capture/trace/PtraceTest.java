package io.rewind.capture.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Words as wait4(2) and ptrace(2) describe them. */
class PtraceTest {
    @Test
    void whatBecameOfATaskIsReadFromOneWord() {
        assertThat(Ptrace.change(0x0000)).isEqualTo(new Ptrace.Change.Gone());
        assertThat(Ptrace.change(0x0100)).isEqualTo(new Ptrace.Change.Gone());
        assertThat(Ptrace.change(0x0009)).isEqualTo(new Ptrace.Change.Gone());
        assertThat(Ptrace.change(0x057f | 128 << 16)).isEqualTo(new Ptrace.Change.Stopped(5));
        assertThat(Ptrace.change(0x137f | 128 << 16)).isEqualTo(new Ptrace.Change.Stopped(19));
        assertThat(Ptrace.change(0x857f)).isEqualTo(new Ptrace.Change.AtCall());
        assertThat(Ptrace.change(0x0e7f)).isEqualTo(new Ptrace.Change.AtSignal(14));
        assertThat(Ptrace.change(0x057f)).isEqualTo(new Ptrace.Change.AtSignal(5));
    }
}
