package io.rewind.restore.compare;

import io.rewind.restore.fetch.BlockWindow;
import io.rewind.restore.look.Moment;
import io.rewind.restore.look.Processes;
import io.rewind.restore.points.PointSource;
import io.rewind.schemas.content.Block;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The memory of two points, page by page. Pages stored once are the same; of all others the content is brought and
 * compared, since the encoder may store the same content twice.
 */
public final class MemoryComparison {
    private static final Comparator<PageRun> ORDER =
            Comparator.comparing(PageRun::space).thenComparingLong(PageRun::first);
    private static final byte[] ZEROS = new byte[Block.SIZE];
    private static final int ZERO = -1;

    private final BlockWindow before;
    private final BlockWindow after;
    private final Tally tally;
    private final List<Pair> pairs = new ArrayList<>();

    /** One page in both points, by its slots; {@link #ZERO}: it is zero. */
    private record Pair(String space, long page, int old, int now) {}

    private MemoryComparison(BlockWindow before, BlockWindow after, Tally tally) {
        this.before = before;
        this.after = after;
        this.tally = tally;
    }

    /**
     * @param was and is the processes of both points, to say what is mapped where
     * @param scratch a folder for what does not stay
     */
    public static List<MemoryDifference> of(
            PointSource source, Moment before, Processes was, Moment after, Processes is, Path scratch) {
        Tally tally = new Tally(was, is);
        MemoryComparison comparison = new MemoryComparison(
                new BlockWindow(source, before.timeline(), scratch),
                new BlockWindow(source, after.timeline(), scratch),
                tally);
        try (PageCursor old = new PageCursor(before);
                PageCursor now = new PageCursor(after)) {
            comparison.merge(old, now);
        }
        comparison.compare();
        return tally.differences();
    }

    private void merge(PageCursor old, PageCursor now) {
        while (old.peek().isPresent() || now.peek().isPresent()) {
            Optional<PageRun> a = old.peek();
            Optional<PageRun> b = now.peek();
            int order = a.isEmpty() ? 1 : b.isEmpty() ? -1 : ORDER.compare(a.get(), b.get());
            if (order < 0) {
                old.advance(tally.removed(a.orElseThrow(), until(a.orElseThrow(), b)));
            } else if (order > 0) {
                now.advance(tally.added(b.orElseThrow(), until(b.orElseThrow(), a)));
            } else {
                int both = Math.min(a.orElseThrow().count(), b.orElseThrow().count());
                same(a.orElseThrow(), b.orElseThrow(), both);
                old.advance(both);
                now.advance(both);
            }
        }
    }

    /** Pages of a run that come before the other one begins. */
    private static int until(PageRun run, Optional<PageRun> other) {
        return other.filter(o -> o.space().equals(run.space()))
                .map(o -> (int) Math.min(run.count(), o.first() - run.first()))
                .orElse(run.count());
    }

    private void same(PageRun a, PageRun b, int pages) {
        if (a.isStoredWith(b)) {
            return;
        }
        for (int n = 0; n < pages; n++) {
            if (!before.hasRoomFor(1) || !after.hasRoomFor(1)) {
                compare();
            }
            pairs.add(new Pair(a.space(), a.first() + n, slot(before, a, n), slot(after, b, n)));
        }
    }

    private static int slot(BlockWindow window, PageRun run, int page) {
        return run.chunk()
                .map(chunk -> window.add(chunk, run.patch(), run.at() + page))
                .orElse(ZERO);
    }

    private void compare() {
        before.bring();
        after.bring();
        for (Pair pair : pairs) {
            if (!Arrays.equals(
                    bytes(before, pair.old),
                    offset(before, pair.old),
                    offset(before, pair.old) + Block.SIZE,
                    bytes(after, pair.now),
                    offset(after, pair.now),
                    offset(after, pair.now) + Block.SIZE)) {
                tally.changed(pair.space, pair.page);
            }
        }
        pairs.clear();
        before.clear();
        after.clear();
    }

    private static byte[] bytes(BlockWindow window, int slot) {
        return slot == ZERO ? ZEROS : window.bytes();
    }

    private static int offset(BlockWindow window, int slot) {
        return slot == ZERO ? 0 : window.offset(slot);
    }
}
