package io.rewind.restore.images;

import io.rewind.criu.ImageRebuild;
import io.rewind.criu.Run;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fetch.MemorySink;
import io.rewind.restore.fetch.OpenFiles;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.content.Block;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Memory of one space: page after page into its pages file, where the page map says. Pages outside of the map are not needed. */
final class PagesSink implements MemorySink {
    private final OpenFiles files;
    private final Path file;
    private final List<Run> order;
    private final long needed;
    private final LongAdder placed = new LongAdder();

    /** @param folder for its pages file, which may lie elsewhere than the other images */
    PagesSink(OpenFiles files, Path folder, ImageRebuild rebuild) {
        this.files = files;
        this.file = folder.resolve(rebuild.pagesName());
        this.order = rebuild.pageOrder();
        this.needed = rebuild.bytes() / Block.SIZE;
        files.allocate(file, rebuild.bytes());
    }

    @Override
    public void put(long block, byte[] bytes, int offset, int length) {
        long vaddr = block * Block.SIZE;
        int done = 0;
        while (done < length) {
            int run = run(vaddr + done);
            int fits = Block.SIZE;
            if (run >= 0) {
                fits = (int) Math.min(length - done, order.get(run).end() - vaddr - done);
                files.write(file, position(order.get(run), vaddr + done), bytes, offset + done, fits);
                placed.add(fits / Block.SIZE);
            }
            done += fits;
        }
    }

    @Override
    public void zero(long block) {
        if (run(block * Block.SIZE) >= 0) {
            placed.increment();
        }
    }

    @Override
    public void lay(long block, ByteBuffer bytes) {
        long vaddr = block * Block.SIZE;
        int start = bytes.position();
        int end = bytes.limit();
        for (int done = 0; done < end - start; ) {
            int run = run(vaddr + done);
            int fits = Block.SIZE;
            if (run >= 0) {
                fits = (int) Math.min(end - start - done, order.get(run).end() - vaddr - done);
                files.write(file, position(order.get(run), vaddr + done), bytes.slice(start + done, fits));
            }
            done += fits;
        }
    }

    @Override
    public void keep(PageRanges laid) {
        for (Run run : order) {
            long first = run.vaddr() / Block.SIZE;
            long end = run.end() / Block.SIZE;
            for (int i = laid.after(first); i < laid.stretches() && laid.first(i) < end; i++) {
                placed.add(Math.min(end, laid.end(i)) - Math.max(first, laid.first(i)));
            }
        }
    }

    @Override
    public void startOver() {
        placed.reset();
    }

    /**
     * Content of pages that came.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_DAMAGED when the map has not all of them, one after another
     */
    void read(long page, int count, ByteBuffer into) {
        long vaddr = page * Block.SIZE;
        int run = run(vaddr);
        if (run < 0 || order.get(run).end() - vaddr < (long) count * Block.SIZE) {
            throw RestoreCode.POINT_DAMAGED.because("Pages are wanted of " + file.getFileName() + " that it has not.");
        }
        files.read(file, position(order.get(run), vaddr), into.limit(into.position() + count * Block.SIZE));
    }

    /** Each page came: the digest has shown that none came twice. */
    void requireComplete() {
        if (placed.sum() != needed) {
            throw RestoreCode.POINT_DAMAGED.because(
                    file.getFileName() + " would lack " + (needed - placed.sum()) + " pages that the process has.");
        }
    }

    private static long position(Run run, long vaddr) {
        return run.fileOffset() + (vaddr - run.vaddr());
    }

    /** The place of the run that an address is in; negative when the map has none. */
    private int run(long vaddr) {
        int low = 0;
        int high = order.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Run run = order.get(middle);
            if (vaddr < run.vaddr()) {
                high = middle - 1;
            } else if (vaddr >= run.end()) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }
}
