package io.rewind.runtime.process;

import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads a process's memory, many stretches by one call (process_vm_readv(2)). Pages which that may not read, such as
 * those of PROT_NONE, are read from {@code /proc/PID/mem}, which asks for no permission of the mapping. For one thread.
 *
 * <pre>
 *   struct iovec (16 bytes): u64 address, u64 length
 * </pre>
 */
public final class ProcessMemory implements PageSource, AutoCloseable {
    private static final SystemCall READV = new SystemCall("process_vm_readv", 310, 270);
    /** IOV_MAX of Linux. */
    private static final int MOST = 1024;

    private static final int WORDS = 2;

    private final int pid;
    private final FileChannel memory;
    private final MemorySegment local = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, WORDS);
    private final MemorySegment remote = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, (long) WORDS * MOST);

    private ProcessMemory(int pid, FileChannel memory) {
        this.pid = pid;
        this.memory = memory;
    }

    /** @throws IOException when there is no such process */
    public static ProcessMemory of(int pid) throws IOException {
        Path path = Path.of("/proc", Integer.toString(pid), "mem");
        return new ProcessMemory(pid, FileChannel.open(path, StandardOpenOption.READ));
    }

    @Override
    public void read(PageRanges pages, ByteBuffer target) throws IOException {
        for (int stretch = 0; stretch < pages.stretches(); ) {
            int end = Math.min(pages.stretches(), stretch + MOST);
            long read = Math.max(0, readv(pages, stretch, end, target));
            while (stretch < end && bytes(pages, stretch) <= read) {
                int bytes = (int) bytes(pages, stretch++);
                target.position(target.position() + bytes);
                read -= bytes;
            }
            if (stretch < end) {
                readAlone(pages.first(stretch), target.slice(target.position(), (int) bytes(pages, stretch)));
                target.position(target.position() + (int) bytes(pages, stretch++));
            }
        }
    }

    private static long bytes(PageRanges pages, int stretch) {
        return (pages.end(stretch) - pages.first(stretch)) * PageRanges.PAGE;
    }

    /** @return bytes read: all of the stretches, or those up to one that cannot be read; or minus the errno */
    private long readv(PageRanges pages, int first, int end, ByteBuffer target) {
        MemorySegment room = MemorySegment.ofBuffer(target);
        long total = 0;
        for (int i = first; i < end; i++) {
            remote.setAtIndex(ValueLayout.JAVA_LONG, (long) WORDS * (i - first), pages.first(i) * PageRanges.PAGE);
            remote.setAtIndex(ValueLayout.JAVA_LONG, (long) WORDS * (i - first) + 1, bytes(pages, i));
            total += bytes(pages, i);
        }
        local.setAtIndex(ValueLayout.JAVA_LONG, 0, room.asSlice(0, total).address());
        local.setAtIndex(ValueLayout.JAVA_LONG, 1, total);
        return Libc.call(READV, pid, local.address(), 1, remote.address(), end - first, 0);
    }

    private void readAlone(long page, ByteBuffer target) throws IOException {
        for (long position = page * PageRanges.PAGE; target.hasRemaining(); ) {
            int read = memory.read(target, position);
            if (read <= 0) {
                throw new EOFException("process " + pid + ": nothing at 0x" + Long.toHexString(position));
            }
            position += read;
        }
    }

    @Override
    public void close() throws IOException {
        memory.close();
    }
}
