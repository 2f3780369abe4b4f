package io.rewind.runtime.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/**
 * An open regular file, for reading or for writing. Buffers may be native or on the heap; native ones are not copied.
 * For one thread at a time.
 */
public final class FileHandle implements AutoCloseable {
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final long SCRATCH = 128 << 10;

    private final Descriptor descriptor;
    private final byte[] name;

    FileHandle(Descriptor descriptor, byte[] name) {
        this.descriptor = descriptor;
        this.name = name.clone();
    }

    /** For reading; known to be a regular file before it is opened, since to open a device may be to act on it. */
    static FileHandle open(Descriptor directory, byte[] name) {
        try (Descriptor pinned = Descriptor.pin(directory.number(), name)) {
            int refusal = switch (FileStat.of(pinned).type()) {
                case REGULAR -> 0;
                case SYMLINK -> Errno.ELOOP;
                case DIRECTORY -> Errno.EISDIR;
                case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> Errno.ENXIO;
            };
            if (refusal != 0) {
                throw new ErrnoException(refusal, "open", name);
            }
            int flags = FileCalls.O_RDONLY | FileCalls.O_NONBLOCK;
            return new FileHandle(Descriptor.open(FileCalls.AT_FDCWD, pinned.magicLink(), flags, 0), name);
        }
    }

    public FileStat stat() {
        return FileStat.of(descriptor);
    }

    /**
     * Reads until the buffer is full or the file ends.
     *
     * @return bytes read; fewer than the buffer holds only at the end of the file
     * @throws ErrnoException as the kernel says
     */
    public long read(MemorySegment target, long offset) {
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("the buffer is read-only");
        }
        if (target.isNative()) {
            return readNative(target, offset);
        }
        long done = 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment scratch = arena.allocate(Math.min(SCRATCH, target.byteSize()));
            while (done < target.byteSize()) {
                long wanted = Math.min(scratch.byteSize(), target.byteSize() - done);
                long got = readNative(scratch.asSlice(0, wanted), offset + done);
                MemorySegment.copy(scratch, 0, target, done, got);
                done += got;
                if (got < wanted) {
                    break;
                }
            }
        }
        return done;
    }

    /**
     * Writes all of the buffer.
     *
     * @throws ErrnoException as the kernel says
     */
    public void write(MemorySegment source, long offset) {
        if (source.isNative()) {
            writeNative(source, offset);
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment scratch = arena.allocate(Math.min(SCRATCH, source.byteSize()));
            for (long done = 0; done < source.byteSize(); done += scratch.byteSize()) {
                long length = Math.min(scratch.byteSize(), source.byteSize() - done);
                MemorySegment.copy(source, done, scratch, 0, length);
                writeNative(scratch.asSlice(0, length), offset + done);
            }
        }
    }

    /** Where the next bytes that may differ from zero are, at or after an offset; none when only a hole is left. */
    public OptionalLong nextData(long offset) {
        long found = Libc.call(FileCalls.LSEEK, descriptor.number(), offset, SEEK_DATA);
        return found == -Errno.ENXIO
                ? OptionalLong.empty()
                : OptionalLong.of(ErrnoException.check(found, FileCalls.LSEEK, name));
    }

    /**
     * Where the next hole is, at or after an offset within the file; its end counts as one.
     *
     * @throws ErrnoException ENXIO when the offset is not within the file
     */
    public long nextHole(long offset) {
        return ErrnoException.check(
                Libc.call(FileCalls.LSEEK, descriptor.number(), offset, SEEK_HOLE), FileCalls.LSEEK, name);
    }

    /** Makes the file exactly so many bytes long; what is added is a hole. */
    public void truncate(long size) {
        ErrnoException.check(Libc.call(FileCalls.FTRUNCATE, descriptor.number(), size), FileCalls.FTRUNCATE, name);
    }

    /** On disk when this returns. */
    public void sync() {
        ErrnoException.check(Libc.call(FileCalls.FSYNC, descriptor.number()), FileCalls.FSYNC, name);
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private long readNative(MemorySegment target, long offset) {
        long done = 0;
        while (done < target.byteSize()) {
            long got = ErrnoException.check(
                    Libc.transfer(FileCalls.PREAD64, descriptor.number(), target.asSlice(done), offset + done),
                    FileCalls.PREAD64,
                    name);
            if (got == 0) {
                break;
            }
            done += got;
        }
        return done;
    }

    private void writeNative(MemorySegment source, long offset) {
        long done = 0;
        while (done < source.byteSize()) {
            done += ErrnoException.check(
                    Libc.transfer(FileCalls.PWRITE64, descriptor.number(), source.asSlice(done), offset + done),
                    FileCalls.PWRITE64,
                    name);
        }
    }
}
