package io.rewind.capture.tracker;

import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads everything and compares digests. Works on every kernel, and keeps no state that could be wrong. */
public final class FullScanTracker implements DirtyTracker {
    private static final int PAGES_A_READ = 256;

    private final ByteBuffer direct = ByteBuffer.allocateDirect(PAGES_A_READ * Block.SIZE);
    private final byte[] bytes = new byte[PAGES_A_READ * Block.SIZE];

    @Override
    public String name() {
        return "full-scan";
    }

    @Override
    public PageTable collect(FrozenSpace space, PageTable known, PageSink changed) throws IOException {
        PageTable.Builder table = new PageTable.Builder(space.pages());
        PageTable.Cursor cursor = known.cursor();
        for (FrozenSpace.Stretch stretch : space.stretches()) {
            for (long done = 0; done < stretch.pages(); ) {
                int count = (int) Math.min(PAGES_A_READ, stretch.pages() - done);
                direct.clear().limit(count * Block.SIZE);
                space.read(stretch, done, direct);
                direct.flip().get(bytes, 0, count * Block.SIZE);
                for (int i = 0; i < count; i++) {
                    long page = stretch.firstPage() + done + i;
                    BlockDigest digest = BlockDigest.of(page, bytes, i * Block.SIZE, Block.SIZE);
                    table.add(page, digest);
                    if (!cursor.has(page, digest)) {
                        changed.page(page, bytes, i * Block.SIZE);
                    }
                }
                done += count;
            }
        }
        return table.build();
    }

    @Override
    public void forget() {
        // Nothing is remembered.
    }

    @Override
    public void close() {
        // Holds nothing but buffers.
    }
}
