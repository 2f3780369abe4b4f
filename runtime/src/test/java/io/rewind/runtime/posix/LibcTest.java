package io.rewind.runtime.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LibcTest {
    private static final SystemCall GETPID = new SystemCall("getpid", 39, 172);
    private static final SystemCall UNKNOWN = SystemCall.common("unknown", 100_000);

    @Test
    void answersWithTheResultOrMinusTheErrno() {
        assertThat(Libc.call(GETPID)).isEqualTo(ProcessHandle.current().pid());
        assertThat(Libc.call(FileCalls.CLOSE, 1 << 30)).isEqualTo(-9);
        assertThat(Libc.call(UNKNOWN)).isEqualTo(-Errno.ENOSYS);
        assertThatThrownBy(() -> ErrnoException.check(-Errno.ENOSYS, UNKNOWN)).hasMessage("unknown: ENOSYS");
        assertThatThrownBy(() -> ErrnoException.check(-4095, UNKNOWN)).hasMessage("unknown: errno 4095");
    }

    @Test
    void errnoIsThatOfTheCallingThread() throws Exception {
        Callable<Long> closing = () -> {
            long wrong = 0;
            for (int i = 0; i < 2_000; i++) {
                wrong += Libc.call(FileCalls.CLOSE, 1 << 30) == -9 ? 0 : 1;
            }
            return wrong;
        };
        Callable<Long> unknown = () -> {
            long wrong = 0;
            for (int i = 0; i < 2_000; i++) {
                wrong += Libc.call(UNKNOWN) == -Errno.ENOSYS ? 0 : 1;
            }
            return wrong;
        };
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(closing);
            var second = threads.submit(unknown);
            assertThat(first.get() + second.get()).isZero();
        }
    }

    @Test
    void numbersFollowTheMachine() {
        assertThat(Machine.of("amd64")).isEqualTo(Machine.AMD64);
        assertThat(Machine.of("aarch64")).isEqualTo(Machine.AARCH64);
        assertThatThrownBy(() -> Machine.of("riscv64")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(GETPID.number()).isEqualTo(Machine.current() == Machine.AMD64 ? 39 : 172);
    }
}
