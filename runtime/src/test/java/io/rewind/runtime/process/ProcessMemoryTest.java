package io.rewind.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads its own process: every page holds its number, every third one may be touched by nobody. */
class ProcessMemoryTest {
    private static final SystemCall MMAP = new SystemCall("mmap", 9, 222);
    private static final SystemCall MPROTECT = new SystemCall("mprotect", 10, 226);
    private static final SystemCall MUNMAP = new SystemCall("munmap", 11, 215);
    private static final long READ_WRITE = 3;
    private static final long PRIVATE_ANONYMOUS = 0x22;
    private static final int PAGES = 6000;

    private long base;

    @BeforeEach
    void fill() {
        base = Libc.call(MMAP, 0, (long) PAGES * PageRanges.PAGE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
        MemorySegment memory = MemorySegment.ofAddress(base).reinterpret((long) PAGES * PageRanges.PAGE);
        for (int page = 0; page < PAGES; page++) {
            memory.set(ValueLayout.JAVA_LONG, (long) page * PageRanges.PAGE, page);
        }
        for (int page = 0; page < PAGES; page += 3) {
            assertThat(Libc.call(MPROTECT, base + (long) page * PageRanges.PAGE, PageRanges.PAGE, 0))
                    .isZero();
        }
    }

    @AfterEach
    void unmap() {
        Libc.call(MUNMAP, base, (long) PAGES * PageRanges.PAGE);
    }

    private List<Long> read(List<Integer> pages) throws IOException {
        PageRanges.Builder wanted = new PageRanges.Builder();
        pages.forEach(page -> wanted.add(base / PageRanges.PAGE + page, base / PageRanges.PAGE + page + 1));
        ByteBuffer content =
                ByteBuffer.allocateDirect(pages.size() * PageRanges.PAGE).order(ByteOrder.LITTLE_ENDIAN);
        try (ProcessMemory memory =
                ProcessMemory.of((int) ProcessHandle.current().pid())) {
            memory.read(wanted.build(), content);
        }
        assertThat(content.hasRemaining()).isFalse();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            numbers.add(content.getLong(i * PageRanges.PAGE));
        }
        return numbers;
    }

    @Test
    void moreStretchesThanACallTakesSomeOfWhichNobodyMayTouch() throws IOException {
        List<Integer> pages = new ArrayList<>();
        for (int page = 1; page < PAGES; page += page % 5 == 0 ? 1 : 2) {
            pages.add(page);
        }
        assertThat(read(pages)).isEqualTo(pages.stream().map(Integer::longValue).toList());
    }

    @Test
    void whatIsNotThereIsAnError() {
        Libc.call(MUNMAP, base + 5L * PageRanges.PAGE, PageRanges.PAGE);
        assertThatThrownBy(() -> read(List.of(4, 5, 7))).isInstanceOf(IOException.class);
    }
}
