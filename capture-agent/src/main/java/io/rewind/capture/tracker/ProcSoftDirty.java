package io.rewind.capture.tracker;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bits of this host's kernel. */
public final class ProcSoftDirty implements SoftDirty {
    @Override
    public void read(int pid, long firstPage, long[] entries) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(entries.length * Long.BYTES).order(ByteOrder.nativeOrder());
        try (FileChannel pagemap = FileChannel.open(proc(pid, "pagemap"), StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (pagemap.read(bytes, firstPage * Long.BYTES + bytes.position()) <= 0) {
                    throw new EOFException("the page map of process " + pid + " ends early");
                }
            }
        }
        bytes.flip().asLongBuffer().get(entries);
    }

    @Override
    public void clear(int pid) throws IOException {
        Files.writeString(proc(pid, "clear_refs"), "4");
    }

    private static Path proc(int pid, String file) {
        return Path.of("/proc", Integer.toString(pid), file);
    }
}
