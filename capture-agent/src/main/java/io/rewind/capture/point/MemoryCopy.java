package io.rewind.capture.point;

import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.FrozenSpace;
import io.rewind.capture.tracker.PageRanges;
import io.rewind.capture.tracker.PageTable;
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
        for (int i = 0; i < wanted.stretches(); i++) {
            for (long page = wanted.first(i); page < wanted.end(i); page += PAGES_A_READ) {
                long first = page;
                int count = (int) Math.min(PAGES_A_READ, wanted.end(i) - page);
                long at = staging.append(count * Block.SIZE, target -> space.readMemory(first, target));
                for (int j = 0; j < count; j++) {
                    staged.add(page + j, at + (long) j * Block.SIZE);
                }
            }
        }
    }

    private void compare(PageRanges wanted) throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(PAGES_A_READ * Block.SIZE);
        byte[] bytes = new byte[PAGES_A_READ * Block.SIZE];
        PageTable.Cursor before = known.cursor();
        for (int i = 0; i < wanted.stretches(); i++) {
            for (long page = wanted.first(i); page < wanted.end(i); page += PAGES_A_READ) {
                int count = (int) Math.min(PAGES_A_READ, wanted.end(i) - page);
                space.readMemory(page, direct.clear().limit(count * Block.SIZE));
                direct.flip().get(bytes, 0, count * Block.SIZE);
                for (int j = 0; j < count; j++) {
                    int offset = j * Block.SIZE;
                    if (!before.has(page + j, BlockDigest.of(page + j, bytes, offset, Block.SIZE))) {
                        staged.add(page + j, staging.append(bytes, offset, Block.SIZE));
                    }
                }
            }
        }
    }
}
