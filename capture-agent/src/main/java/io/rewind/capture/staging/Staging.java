package io.rewind.capture.staging;

import io.rewind.capture.CaptureFault;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Append-only room for the content of one capture. What does not fit into {@code memoryLimit} bytes off the heap goes
 * to a spool file of at most {@code fileLimit} bytes, which has no name and vanishes with the process. One thread.
 */
public final class Staging implements AutoCloseable {
    private static final int SLAB = 4 << 20;

    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> slabs = new ArrayList<>();
    private final List<FileChannel> spool = new ArrayList<>(1);
    /** Where content is gathered on its way to the file. */
    private Optional<MemorySegment> bounce = Optional.empty();

    private final Path spoolFolder;
    private final long memoryLimit;
    private final long limit;
    private long size;

    public Staging(Path spoolFolder, long memoryLimit, long fileLimit) {
        this.spoolFolder = spoolFolder;
        this.memoryLimit = Math.max(SLAB, memoryLimit / SLAB * SLAB);
        this.limit = this.memoryLimit + fileLimit;
    }

    /** Bytes taken so far. */
    public long size() {
        return size;
    }

    /** Puts content where it is to stay. */
    @FunctionalInterface
    public interface Filler {
        /** Fills the buffer, which is off the heap, from its position to its limit. */
        void fill(ByteBuffer target) throws IOException;
    }

    /**
     * Takes {@code length} bytes (at most 4 MiB).
     *
     * @return where they lie
     * @throws Fault STAGING_FULL when that would be too much; what was taken before stays
     */
    public long append(byte[] bytes, int offset, int length) {
        try {
            return append(length, target -> target.put(bytes, offset, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes {@code length} bytes (at most 4 MiB) without a detour over the heap.
     *
     * @return where they lie; any part of them may be read alone
     * @throws IOException what the filler throws; nothing was taken then
     * @throws Fault STAGING_FULL when that would be too much; what was taken before stays
     */
    public long append(int length, Filler filler) throws IOException {
        // A piece never straddles slabs, so that it can be read at once.
        long at = size % SLAB + length > SLAB ? (size / SLAB + 1) * SLAB : size;
        if (at + length > limit) {
            throw new Fault(
                    CaptureFault.STAGING_FULL,
                    Severity.RETRYABLE,
                    "more than " + (limit >> 20)
                            + " MiB changed since the last point; raise rewind.capture.staging.file");
        }
        if (at + length <= memoryLimit) {
            filler.fill(slab((int) (at / SLAB)).asSlice(at % SLAB, length).asByteBuffer());
        } else {
            if (bounce.isEmpty()) {
                bounce = Optional.of(arena.allocate(SLAB));
            }
            ByteBuffer bytes = bounce.get().asSlice(0, length).asByteBuffer();
            filler.fill(bytes);
            write(bytes.flip(), at - memoryLimit);
        }
        size = at + length;
        return at;
    }

    private MemorySegment slab(int index) {
        while (slabs.size() <= index) {
            slabs.add(arena.allocate(SLAB));
        }
        return slabs.get(index);
    }

    /** Copies {@code length} bytes that were appended together to {@code target}. */
    public void read(long at, byte[] target, int offset, int length) {
        if (at + length <= memoryLimit) {
            MemorySegment.copy(slabs.get((int) (at / SLAB)), ValueLayout.JAVA_BYTE, at % SLAB, target, offset, length);
            return;
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
            long position = at - memoryLimit;
            while (buffer.hasRemaining()) {
                int read = spool.getFirst().read(buffer, position);
                if (read < 0) {
                    throw new IOException("spool file ends early");
                }
                position += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(ByteBuffer bytes, long position) {
        try {
            if (spool.isEmpty()) {
                Path file = Files.createTempFile(spoolFolder, "spool", "");
                spool.add(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
                Files.delete(file);
            }
            for (long at = position; bytes.hasRemaining(); ) {
                at += spool.getFirst().write(bytes, at);
            }
        } catch (IOException e) {
            throw new Fault(
                    CaptureFault.STAGING_FULL,
                    Severity.RETRYABLE,
                    "the spool file in " + spoolFolder + " cannot be written: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        arena.close();
        for (FileChannel channel : spool) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
