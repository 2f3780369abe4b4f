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
 *   4096 n              4096 bytes: the base of slot n
 *   4096 (slots + n)    4096 bytes: its newest version, where that is a patch
 * </pre>
 *
 * Written and read with calls instead of through a mapping: a full disk is an error then, not a signal. What lies side by
 * side is written together, some calls later. Encrypted, for it is what was in the container's memory. For one thread.
 */
final class MirrorFile implements AutoCloseable {
    /** Bytes of a slot. */
    static final int SLOT = 2 * Block.SIZE;

    private static final int TOGETHER = 64 * Block.SIZE;

    private final FileChannel channel;
    private final int slots;
    private final ByteBuffer copy = ByteBuffer.allocateDirect(Block.SIZE);
    /** What is to be written from {@code waitingAt} on. */
    private final ByteBuffer waiting = ByteBuffer.allocateDirect(TOGETHER);

    private long waitingAt;
    private final byte[] hidden = new byte[Block.SIZE];
    private final Veil veil = new Veil();
    /** With which number each half of a slot was hidden. */
    private long[] numbers = new long[0];

    private MirrorFile(FileChannel channel, int slots) {
        this.channel = channel;
        this.slots = slots;
    }

    static MirrorFile in(Path folder, int slots) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "mirror-", "");
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        return new MirrorFile(channel, slots);
    }

    /** @throws IOException also of a write before this one: then nothing is as it should be, see {@link #clear} */
    void write(int slot, boolean newest, byte[] bytes, int offset, int length) throws IOException {
        int half = half(slot, newest);
        if (half >= numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(half + 1, 2 * numbers.length));
        }
        numbers[half] = veil.hide(bytes, offset, length, hidden);
        long position = position(slot, newest);
        if (position != waitingAt + waiting.position() || waiting.remaining() < length) {
            flush();
            waitingAt = position;
        }
        waiting.put(hidden, 0, length);
    }

    /** Writes what waits. */
    void flush() throws IOException {
        waiting.flip();
        while (waiting.hasRemaining()) {
            waitingAt += channel.write(waiting, waitingAt);
        }
        waiting.clear();
    }

    void read(int slot, boolean newest, byte[] into, int length) throws IOException {
        long position = position(slot, newest);
        if (position + length > waitingAt && position < waitingAt + waiting.position()) {
            flush();
        }
        copy.clear().limit(length);
        while (copy.hasRemaining()) {
            int read = channel.read(copy, position + copy.position());
            if (read < 0) {
                throw new IOException("the mirror ends at " + position);
            }
        }
        copy.flip().get(hidden, 0, length);
        veil.show(numbers[half(slot, newest)], hidden, length, into);
    }

    private static int half(int slot, boolean newest) {
        return 2 * slot + (newest ? 1 : 0);
    }

    private long position(int slot, boolean newest) {
        return (newest ? (long) slots + slot : slot) * Block.SIZE;
    }

    void clear() throws IOException {
        numbers = new long[0];
        waiting.clear();
        channel.truncate(0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
