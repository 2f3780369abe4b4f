package io.rewind.capture.tracker;

import io.rewind.criu.PageMap;
import io.rewind.runtime.process.PageSource;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.schemas.content.Block;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One address space (or shared memory segment) of a frozen container: which pages it has, and their content. What is
 * in the process is valid inside the window only, what is in CRIU's pages file until the window is closed.
 *
 * @param name as in records: "17" or "shmem-3"
 * @param process on the host; empty for shared memory
 * @param map what CRIU says is there: pages present in its pages file, and lazy ones still in the process
 * @param memory the process's; unused for shared memory, whose pages are all present
 * @param pagesFile CRIU's {@code pages-N.img}
 */
public record FrozenSpace(
        String name, Optional<ProcessKey> process, PageMap map, PageSource memory, FileChannel pagesFile) {

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

        public boolean inProcess() {
            return inFile < 0;
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

    /** Fills {@code target} with pages of a stretch that is in the file, from its page number {@code skip} on. */
    public void readFile(Stretch stretch, long skip, ByteBuffer target) throws IOException {
        for (long position = stretch.inFile() + skip * Block.SIZE; target.hasRemaining(); ) {
            int read = pagesFile.read(target, position);
            if (read <= 0) {
                throw new EOFException("space " + name + ": its pages file ends early");
            }
            position += read;
        }
    }
}
