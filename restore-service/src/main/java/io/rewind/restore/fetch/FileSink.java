package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.schemas.content.Block;
import java.nio.file.Path;

/** The stream is a file: block n lies at n * 4096; what never comes stays a hole. */
public final class FileSink implements BlockSink {
    private final OpenFiles files;
    private final Path file;
    private final long size;

    public FileSink(OpenFiles files, Path file, long size) {
        this.files = files;
        this.file = file;
        this.size = size;
        files.allocate(file, size);
    }

    @Override
    public void put(long block, byte[] bytes, int offset, int length) {
        long position = block * Block.SIZE;
        if (length > size - position) {
            throw RestoreCode.POINT_DAMAGED.because("A block of the point goes beyond the end of its file.");
        }
        files.write(file, position, bytes, offset, length);
    }

    @Override
    public void zero(long block) {}
}
