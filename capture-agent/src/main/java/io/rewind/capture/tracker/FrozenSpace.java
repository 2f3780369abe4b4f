package io.rewind.capture.tracker;

import io.rewind.criu.PageMap;
import io.rewind.schemas.content.Block;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One address space (or shared memory segment) of a frozen container: which pages it has, and their content. Valid
 * inside the window only.
 *
 * @param name as in records: "17" or "shmem-3"
 * @param pid of the process on the host; empty for shared memory
 * @param startTime of that process in clock ticks since boot, which tells it from a later one of the same pid
 * @param map what CRIU says is there: pages present in its pages file, and lazy ones still in the process
 * @param memory {@code /proc/PID/mem}; unused for shared memory, whose pages are all present
 * @param pagesFile CRIU's {@code pages-N.img}
 */
public record FrozenSpace(
        String name, OptionalInt pid, long startTime, PageMap map, FileChannel memory, FileChannel pagesFile) {

    /**
     * Consecutive pages.
     *
     * @param firstPage virtual address / 4096
     * @param inFile where they lie in the pages file, or -1: in the process
     */
    public record Stretch(long firstPage, long pages, long inFile) {
        public long endPage() {
            return firstPage + pages;
        }
    }

    /** All pages, in ascending order. */
    public List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>(map.entries().size());
        long offset = 0;
        for (var entry : map.entries()) {
            boolean present = entry.present();
            stretches.add(new Stretch(entry.vaddr() / Block.SIZE, entry.pages(), present ? offset : -1));
            if (present) {
                offset += entry.bytes();
            }
        }
        return stretches;
    }

    public long pages() {
        return map.pages();
    }

    /** Fills {@code target} with the pages of {@code stretch} from its page number {@code skip} on. */
    public void read(Stretch stretch, long skip, ByteBuffer target) throws IOException {
        FileChannel from = stretch.inFile() < 0 ? memory : pagesFile;
        long position =
                (stretch.inFile() < 0 ? stretch.firstPage() * Block.SIZE : stretch.inFile()) + skip * Block.SIZE;
        while (target.hasRemaining()) {
            int read = from.read(target, position);
            if (read <= 0) {
                throw new EOFException("space " + name + ": nothing at 0x" + Long.toHexString(position));
            }
            position += read;
        }
    }
}
