package io.rewind.capture.trace;

import io.rewind.runtime.posix.Descriptor;
import io.rewind.runtime.posix.Errno;
import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import io.rewind.runtime.process.Mappings;
import io.rewind.runtime.process.ProcessKey;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A userfaultfd of another process's memory, used for write protection that the kernel itself lifts at the first write
 * (asynchronous mode: nobody ever waits for us). See ioctl_userfaultfd(2). It belongs to the memory the process had
 * when it was created: after an exec it registers nothing of the new one. Closing it leaves no trace there.
 *
 * <pre>
 *   uffdio_api            u64 api = 0xaa,  u64 features,  u64 ioctls (out)
 *   uffdio_register       u64 start,  u64 bytes,  u64 mode = 2 (write protect),  u64 ioctls (out)
 *   uffdio_writeprotect   u64 start,  u64 bytes,  u64 mode = 0 (lift)
 * </pre>
 */
public final class Userfault implements AutoCloseable {
    private static final SystemCall IOCTL = new SystemCall("ioctl", 16, 29);
    private static final long UFFDIO_API = 0xc018aa3fL;
    private static final long UFFDIO_REGISTER = 0xc020aa00L;
    private static final long UFFDIO_WRITEPROTECT = 0xc018aa06L;
    private static final long API = 0xaa;
    private static final long PAGEFAULT_FLAG_WP = 1;
    private static final long WP_UNPOPULATED = 1 << 13;
    private static final long WP_ASYNC = 1 << 15;
    private static final long MODE_WP = 2;

    private final Descriptor descriptor;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment words = arena.allocate(ValueLayout.JAVA_LONG, 4);

    private Userfault(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Of the memory that the process has now.
     *
     * @throws Untraceable the process runs on as before
     */
    public static Userfault of(ProcessKey process) throws Untraceable, InterruptedException {
        Userfault fault = new Userfault(Injector.userfaultfd(process));
        long answer = fault.control(UFFDIO_API, API, PAGEFAULT_FLAG_WP | WP_UNPOPULATED | WP_ASYNC, 0);
        if (answer < 0) {
            fault.close();
            throw Untraceable.forGood(
                    "this kernel does not track writes by userfaultfd (" + Errno.name((int) -answer) + ")");
        }
        return fault;
    }

    /**
     * Watches one whole mapping from now on; without effect on one that is watched already.
     *
     * @return false when it cannot be, as when it is another userfaultfd's, or not there
     */
    public boolean register(Mappings.Range mapping) {
        return control(UFFDIO_REGISTER, mapping.start(), mapping.end() - mapping.start(), MODE_WP) >= 0;
    }

    /**
     * Lifts the protection of every page of a registered mapping. A mapping that mremap moved may come with marks from
     * its earlier life on pages that are writable (Linux before 6.13): left there, they would hide writes.
     */
    public boolean lift(Mappings.Range mapping) {
        return control(UFFDIO_WRITEPROTECT, mapping.start(), mapping.end() - mapping.start(), 0) >= 0;
    }

    private long control(long request, long first, long second, long third) {
        words.setAtIndex(ValueLayout.JAVA_LONG, 0, first);
        words.setAtIndex(ValueLayout.JAVA_LONG, 1, second);
        words.setAtIndex(ValueLayout.JAVA_LONG, 2, third);
        words.setAtIndex(ValueLayout.JAVA_LONG, 3, 0);
        return Libc.call(IOCTL, descriptor.number(), request, words.address());
    }

    @Override
    public void close() {
        descriptor.close();
        arena.close();
    }
}
