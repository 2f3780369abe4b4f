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
 * One space in two steps: {@link #inWindow} copies what is not at hand, {@link #finish} finds out, after the release, what
 * changed. Pages that CRIU wrote to its own file wait there for the second step.
 */
public final class SpaceReading {
    private static final int PAGES_A_READ = 256;

    private final FrozenSpace space;
    private final StagedPages staged;
    private final StagedPages.Cursor ahead;
    private final Staging staging;
    private final StagedPages written = new StagedPages();
    private final PageTable.Cursor before;
    private PageTable.Cursor compared = PageTable.EMPTY.cursor();
    private final byte[] page = new byte[Block.SIZE];
    /** Of every page: room for it is taken when the container runs again. */
    private PageTable.Builder table = new PageTable.Builder(0);

    private int next;
    private long unwritten;

    private SpaceReading(FrozenSpace space, PageTable known, StagedPages staged, StagedPages ahead, Staging staging) {
        this.space = space;
        this.staged = staged;
        this.ahead = ahead.cursor();
        this.staging = staging;
        this.before = known.cursor();
    }

    /**
     * @param known what the last point has of this very space
     * @param unchanged what a tracker says, since what is at hand was taken
     */
    public static SpaceReading inWindow(
            FrozenSpace space, PageTable known, SpaceAhead ahead, PageRanges unchanged, Staging staging)
            throws IOException {
        StagedPages staged = new MemoryCopy(space, known, staging).take(ahead.atHand(), unchanged);
        return new SpaceReading(space, known, staged, ahead.copied(), staging);
    }

    /** Without anything copied before. */
    public static SpaceReading inWindow(FrozenSpace space, PageTable known, PageRanges unchanged, Staging staging)
            throws IOException {
        return inWindow(space, known, SpaceAhead.of(known), unchanged, staging);
    }

    /** Pages copied while the space stood still. */
    int copied() {
        return staged.size();
    }

    String name() {
        return space.name();
    }

    /** @param published what the last point had under this name, perhaps of another process: the difference is said */
    public SpaceDelta finish(PageTable published) throws IOException {
        table = new PageTable.Builder(space.pages());
        compared = published.cursor();
        for (FrozenSpace.Stretch stretch : space.stretches()) {
            if (stretch.inProcess()) {
                fromProcess(stretch);
            } else {
                fromFile(stretch);
            }
        }
        PageTable after = table.build();
        return new SpaceDelta(
                space.name(),
                space.process(),
                published.without(after),
                written.pages(),
                written.positions(),
                after.size() - unwritten,
                after);
    }

    private void fromProcess(FrozenSpace.Stretch stretch) {
        for (long number = stretch.firstPage(); number < stretch.endPage(); number++) {
            if (next < staged.size() && staged.page(next) == number) {
                take(number, staged.position(next++));
            } else if (ahead.find(number)) {
                take(number, ahead.position());
            } else if (before.find(number)) {
                table.add(number, before.digest());
                unwritten++;
            } else {
                throw new IllegalStateException("page " + number + " of space " + space.name() + " was not read");
            }
        }
    }

    private void take(long number, long position) {
        staging.read(position, page, 0, Block.SIZE);
        BlockDigest digest = BlockDigest.of(number, page, 0, Block.SIZE);
        table.add(number, digest);
        if (!compared.has(number, digest)) {
            written.add(number, position);
        }
    }

    private void fromFile(FrozenSpace.Stretch stretch) throws IOException {
        byte[] bytes = new byte[(int) Math.min(PAGES_A_READ, stretch.pages()) * Block.SIZE];
        for (long done = 0; done < stretch.pages(); done += PAGES_A_READ) {
            int count = (int) Math.min(PAGES_A_READ, stretch.pages() - done);
            space.readFile(stretch, done, ByteBuffer.wrap(bytes, 0, count * Block.SIZE));
            for (int i = 0; i < count; i++) {
                long number = stretch.firstPage() + done + i;
                BlockDigest digest = BlockDigest.of(number, bytes, i * Block.SIZE, Block.SIZE);
                table.add(number, digest);
                if (!compared.has(number, digest)) {
                    written.add(number, staging.append(bytes, i * Block.SIZE, Block.SIZE));
                }
            }
        }
    }
}
