package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Files being written, and read, in any order, of which at most {@value #MOST} are open at a time. Only for names of our own
 * making, in a folder that nobody else may enter. Thread-safe: threads write at the same time, and open one by one.
 */
public final class OpenFiles implements AutoCloseable {
    private static final int MOST = 128;

    private final Map<Path, RandomAccessFile> open = new HashMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** Creates the file, {@code size} bytes long and all hole; or makes one that is there so long. */
    public void allocate(Path file, long size) {
        lock.writeLock().lock();
        try {
            opened(file).setLength(size);
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(
                    "A file of " + size + " bytes cannot be made here: " + e.getMessage() + ".", e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    public void write(Path file, long position, byte[] bytes, int offset, int length) {
        write(file, position, ByteBuffer.wrap(bytes, offset, length));
    }

    public void write(Path file, long position, ByteBuffer content) {
        int start = content.position();
        use(file, channel -> {
            while (content.hasRemaining()) {
                channel.write(content, position + content.position() - start);
            }
        });
    }

    /** Fills {@code into} with what lies from {@code position} on. */
    public void read(Path file, long position, ByteBuffer into) {
        int start = into.position();
        use(file, channel -> {
            while (into.hasRemaining()) {
                if (channel.read(into, position + into.position() - start) < 0) {
                    throw new IOException(file.getFileName() + " ends too early");
                }
            }
        });
    }

    @FunctionalInterface
    private interface Use {
        void of(FileChannel channel) throws IOException;
    }

    private void use(Path file, Use use) {
        try {
            while (!usedIfOpen(file, use)) {
                lock.writeLock().lock();
                try {
                    opened(file);
                } finally {
                    lock.writeLock().unlock();
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private boolean usedIfOpen(Path file, Use use) throws IOException {
        lock.readLock().lock();
        try {
            RandomAccessFile known = open.get(file);
            if (known == null) {
                return false;
            }
            use.of(known.getChannel());
            return true;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Only with the lock for writing. */
    private RandomAccessFile opened(Path file) throws IOException {
        RandomAccessFile known = open.get(file);
        if (known != null) {
            return known;
        }
        if (open.size() >= MOST) {
            closeAll();
        }
        RandomAccessFile created = new RandomAccessFile(file.toFile(), "rw");
        open.put(file, created);
        return created;
    }

    private void closeAll() throws IOException {
        try {
            for (RandomAccessFile file : open.values()) {
                file.close();
            }
        } finally {
            open.clear();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closeAll();
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static RuntimeException failed(IOException e) {
        return RestoreCode.DISK_FAILED.because("The point's files cannot be used here: " + e.getMessage() + ".", e);
    }
}
