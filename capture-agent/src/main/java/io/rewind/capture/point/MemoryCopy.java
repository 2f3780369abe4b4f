package io.rewind.capture.point;

import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.FrozenSpace;
import io.rewind.capture.tracker.PageTable;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Copies, while a space stands still, those of its pages that may have changed. Whether they did is found out later,
 * when the container runs again; except for a large space of which nothing is proven, where room for everything would
 * be needed: there pages are compared as they are read.
 */
final class MemoryCopy {
    private static final int PAGES_A_READ = 256;
    /** 32 MiB. */
    private static final long COMPARED_ABOVE = 8192;

    private final FrozenSpace space;
    private final PageTable known;
    private final Staging staging;
    private final StagedPages staged = new StagedPages();

    MemoryCopy(FrozenSpace space, PageTable known, Staging staging) {
        this.space = space;
        this.known = known;
        this.staging = staging;
    }

    /**
     * @param unchanged pages not written since what is at hand of them was taken
     * @return every page of the process that is neither at hand nor as in {@code known}, and perhaps some that are
     */
    StagedPages take(PageRanges atHand, PageRanges unchanged) throws IOException {
        PageRanges.Builder all = new PageRanges.Builder();
        long pages = 0;
        for (FrozenSpace.Stretch stretch : space.stretches()) {
            if (stretch.inProcess()) {
                all.add(stretch.firstPage(), stretch.endPage());
                pages += stretch.pages();
            }
        }
        PageRanges wanted = all.build().minus(atHand.intersect(unchanged));
        if (unchanged.isEmpty() && known.size() > 0 && pages > COMPARED_ABOVE) {
            compare(wanted);
        } else {
            copy(wanted);
        }
        return staged;
    }

    private void copy(PageRanges wanted) throws IOException {
        for (PageRanges pages : wanted.batches(PAGES_A_READ)) {
            staged.add(
                    pages, staging.append(bytes(pages), target -> space.memory().read(pages, target)));
        }
    }

    private void compare(PageRanges wanted) throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(PAGES_A_READ * Block.SIZE);
        byte[] content = new byte[Block.SIZE];
        PageTable.Cursor before = known.cursor();
        for (PageRanges pages : wanted.batches(PAGES_A_READ)) {
            space.memory().read(pages, direct.clear().limit(bytes(pages)));
            direct.flip();
            pages.forEach(page -> {
                direct.get(content);
                if (!before.has(page, BlockDigest.of(page, content, 0, Block.SIZE))) {
                    staged.add(page, staging.append(content, 0, Block.SIZE));
                }
            });
        }
    }

    private static int bytes(PageRanges batch) {
        return (int) batch.pages() * Block.SIZE;
    }
}
