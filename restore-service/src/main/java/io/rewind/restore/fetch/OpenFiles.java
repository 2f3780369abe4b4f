package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files being written in any order, of which at most {@value #MOST} are open at a time. Only for names of our own
 * making, in a folder that nobody else may enter.
 */
public final class OpenFiles implements AutoCloseable {
    private static final int MOST = 128;

    private final LinkedHashMap<Path, RandomAccessFile> open = new LinkedHashMap<>(16, 0.75f, true);

    /** Creates the file, {@code size} bytes long and all hole; or makes one that is there so long. */
    public void allocate(Path file, long size) {
        try {
            opened(file).setLength(size);
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(
                    "A file of " + size + " bytes cannot be made here: " + e.getMessage() + ".", e);
        }
    }

    public void write(Path file, long position, byte[] bytes, int offset, int length) {
        try {
            RandomAccessFile target = opened(file);
            target.seek(position);
            target.write(bytes, offset, length);
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because("The point cannot be written here: " + e.getMessage() + ".", e);
        }
    }

    private RandomAccessFile opened(Path file) throws IOException {
        RandomAccessFile known = open.get(file);
        if (known != null) {
            return known;
        }
        if (open.size() >= MOST) {
            Map.Entry<Path, RandomAccessFile> oldest = open.firstEntry();
            open.remove(oldest.getKey());
            oldest.getValue().close();
        }
        RandomAccessFile created = new RandomAccessFile(file.toFile(), "rw");
        open.put(file, created);
        return created;
    }

    @Override
    public void close() {
        try {
            for (RandomAccessFile file : open.values()) {
                file.close();
            }
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because("The point cannot be written here: " + e.getMessage() + ".", e);
        } finally {
            open.clear();
        }
    }
}
