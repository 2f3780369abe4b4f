package io.rewind.encoder.mirror;

import io.rewind.schemas.content.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The contents of slots, in a sparse file without a name that goes with the process.
 *
 * <pre>
 *   slot n at 8192 n        4096 bytes: the base
 *             8192 n + 4096 4096 bytes: the newest version, where that is a patch
 * </pre>
 *
 * Written and read with calls instead of through a mapping: a full disk is an error then, not a signal. Encrypted, for it
 * is what was in the container's memory. For one thread.
 */
final class MirrorFile implements AutoCloseable {
    static final int SLOT = 2 * Block.SIZE;

    private final FileChannel channel;
    private final ByteBuffer copy = ByteBuffer.allocateDirect(Block.SIZE);
    private final byte[] hidden = new byte[Block.SIZE];
    private final Veil veil = new Veil();
    /** With which number each half of a slot was written. */
    private long[] numbers = new long[0];

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
        int half = half(slot, newest);
        if (half >= numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(half + 1, 2 * numbers.length));
        }
        numbers[half] = veil.hide(bytes, offset, length, hidden);
        copy.clear().put(hidden, 0, length).flip();
        long position = (long) half * Block.SIZE;
        while (copy.hasRemaining()) {
            position += channel.write(copy, position);
        }
    }

    void read(int slot, boolean newest, byte[] into, int length) throws IOException {
        copy.clear().limit(length);
        int half = half(slot, newest);
        long position = (long) half * Block.SIZE;
        while (copy.hasRemaining()) {
            int read = channel.read(copy, position + copy.position());
            if (read < 0) {
                throw new IOException("the mirror ends at " + position);
            }
        }
        copy.flip().get(hidden, 0, length);
        veil.show(numbers[half], hidden, length, into);
    }

    private static int half(int slot, boolean newest) {
        return 2 * slot + (newest ? 1 : 0);
    }

    void clear() throws IOException {
        numbers = new long[0];
        channel.truncate(0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
