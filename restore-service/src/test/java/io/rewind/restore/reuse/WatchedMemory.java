package io.rewind.restore.reuse;

import io.rewind.runtime.posix.Descriptor;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import io.rewind.runtime.process.Mappings;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.PagemapScan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory of this very process under asynchronous write protection, as the capture agent puts a container's. */
final class WatchedMemory implements AutoCloseable {
    private static final SystemCall MMAP = new SystemCall("mmap", 9, 222);
    private static final SystemCall MUNMAP = new SystemCall("munmap", 11, 215);
    private static final SystemCall USERFAULTFD = new SystemCall("userfaultfd", 323, 282);
    private static final SystemCall IOCTL = new SystemCall("ioctl", 16, 29);
    private static final long CLOEXEC_USER_MODE_ONLY = 02000000 | 1;
    private static final long UFFDIO_API = 0xc018aa3fL;
    private static final long UFFDIO_REGISTER = 0xc020aa00L;
    private static final long FEATURES = 1 | 1 << 13 | 1 << 15;

    private final Mappings.Range range;
    private final MemorySegment memory;
    private final Descriptor fault;
    private final Arena arena = Arena.ofShared();

    /** @throws ErrnoException where the kernel cannot do it */
    WatchedMemory(int pages) {
        long bytes = (long) pages * PageRanges.PAGE;
        long start = check(Libc.call(MMAP, 0, bytes, 3, 0x22, -1, 0), MMAP);
        range = new Mappings.Range(start, start + bytes);
        memory = MemorySegment.ofAddress(start).reinterpret(bytes);
        fault = new Descriptor(check(Libc.call(USERFAULTFD, CLOEXEC_USER_MODE_ONLY), USERFAULTFD));
        control(UFFDIO_API, 0xaa, FEATURES, 0);
        control(UFFDIO_REGISTER, start, bytes, 2);
    }

    private void control(long request, long... words) {
        MemorySegment argument = arena.allocate(ValueLayout.JAVA_LONG, 4);
        for (int i = 0; i < words.length; i++) {
            argument.setAtIndex(ValueLayout.JAVA_LONG, i, words[i]);
        }
        check(Libc.call(IOCTL, fault.number(), request, argument.address()), IOCTL);
    }

    private static long check(long result, SystemCall call) {
        return ErrnoException.check(result, call);
    }

    long firstPage() {
        return range.start() / PageRanges.PAGE;
    }

    void write(int page, byte[] content) {
        MemorySegment.copy(content, 0, memory, ValueLayout.JAVA_BYTE, (long) page * PageRanges.PAGE, content.length);
    }

    /** What is written from now on leaves a mark. */
    void protect() {
        int pid = (int) ProcessHandle.current().pid();
        try (PagemapScan scan = PagemapScan.of(pid, PagemapScan.Room.in(arena))) {
            if (!scan.protect(range)) {
                throw new IllegalStateException("it is not watched");
            }
        }
    }

    @Override
    public void close() {
        fault.close();
        arena.close();
        check(Libc.call(MUNMAP, range.start(), range.end() - range.start()), MUNMAP);
    }
}
