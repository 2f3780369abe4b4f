package io.rewind.encoder.mirror;

import io.rewind.schemas.content.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The contents of slots, in a sparse file without a name that goes with the process.
 *
 * <pre>
 *   slot n at 8192 n        4096 bytes: the base
 *             8192 n + 4096 4096 bytes: the newest version, where that is a patch
 * </pre>
 *
 * Written and read with calls instead of through a mapping: a full disk is an error then, not a signal. For one thread.
 */
final class MirrorFile implements AutoCloseable {
    static final int SLOT = 2 * Block.SIZE;

    private final FileChannel channel;
    private final ByteBuffer copy = ByteBuffer.allocateDirect(Block.SIZE);

    private MirrorFile(FileChannel channel) {
        this.channel = channel;
    }

    static MirrorFile in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "mirror-", "");
        return new MirrorFile(FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
    }

    void write(int slot, boolean newest, byte[] bytes, int offset, int length) throws IOException {
        copy.clear().put(bytes, offset, length).flip();
        long position = position(slot, newest);
        while (copy.hasRemaining()) {
            position += channel.write(copy, position);
        }
    }

    void read(int slot, boolean newest, byte[] into, int length) throws IOException {
        copy.clear().limit(length);
        long position = position(slot, newest);
        while (copy.hasRemaining()) {
            int read = channel.read(copy, position + copy.position());
            if (read < 0) {
                throw new IOException("the mirror ends at " + position);
            }
        }
        copy.flip().get(into, 0, length);
    }

    private static long position(int slot, boolean newest) {
        return (long) slot * SLOT + (newest ? Block.SIZE : 0);
    }

    void clear() throws IOException {
        channel.truncate(0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
