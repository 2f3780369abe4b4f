package io.rewind.restore.images;

import io.rewind.criu.ImageRebuild;
import io.rewind.criu.Run;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fetch.BlockSink;
import io.rewind.restore.fetch.OpenFiles;
import io.rewind.schemas.content.Block;
import java.nio.file.Path;
import java.util.List;

/** Memory of one space: page after page into its pages file, where the page map says. Pages outside of the map are not needed. */
final class PagesSink implements BlockSink {
    private final OpenFiles files;
    private final Path file;
    private final List<Run> order;
    private final long needed;
    private long placed;

    PagesSink(OpenFiles files, Path folder, ImageRebuild rebuild) {
        this.files = files;
        this.file = folder.resolve(rebuild.pagesName());
        this.order = rebuild.pageOrder();
        this.needed = rebuild.bytes() / Block.SIZE;
        files.allocate(file, rebuild.bytes());
    }

    @Override
    public void put(long block, byte[] bytes, int offset, int length) {
        long position = position(block * Block.SIZE);
        if (position >= 0) {
            files.write(file, position, bytes, offset, length);
            placed++;
        }
    }

    @Override
    public void zero(long block) {
        if (position(block * Block.SIZE) >= 0) {
            placed++;
        }
    }

    /** Each page came: the digest has shown that none came twice. */
    void requireComplete() {
        if (placed != needed) {
            throw RestoreCode.POINT_DAMAGED.because(
                    file.getFileName() + " would lack " + (needed - placed) + " pages that the process has.");
        }
    }

    /** Of an address in the pages file; negative when the map has none. */
    private long position(long vaddr) {
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
                return run.fileOffset() + (vaddr - run.vaddr());
            }
        }
        return -1;
    }
}
