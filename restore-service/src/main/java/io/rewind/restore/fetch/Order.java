package io.rewind.restore.fetch;

import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.plan.PointPlan;
import io.rewind.schemas.id.ChunkId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * What to do with each chunk of whole blocks when it comes, sorted by chunk; zero blocks come first. Filled by one thread,
 * then shared: each chunk is taken by one of several threads.
 *
 * <pre>
 *   upper half of an entry   place of the chunk in the list; -1: none, the blocks are zero
 *   lower half               number of a placement, or of a patched block with the highest bit set
 * </pre>
 */
final class Order {
    private static final int ZERO = -1;
    private static final int PATCHED = 1 << 31;

    private final List<ChunkId> chunks = new ArrayList<>();
    private final Map<ChunkId, Integer> places = new HashMap<>();
    private long[] entries = new long[1024];
    private int size;
    private int done;
    private boolean halted;

    /** Entries from one up to, but not, the other: placements, as they lie in the point, then patched blocks likewise. */
    record Range(int from, int to) {
        boolean isEmpty() {
            return from == to;
        }
    }

    private Order() {}

    /** @param patched filled with the blocks that are patches */
    static Order of(PointPlan plan, Predicate<PlannedStream> wanted, PatchedBlocks patched) {
        Placements placements = plan.placements();
        Order order = new Order();
        int block = 0;
        for (int i = 0; i < placements.size(); i++) {
            if (!wanted.test(plan.streams().get(placements.stream(i)))) {
                continue;
            }
            if (placements.chunk(i) < 0) {
                order.add(ZERO, i);
                continue;
            }
            ChunkId chunk = plan.chunks().get(placements.chunk(i));
            if (!plan.patches().contains(chunk)) {
                order.add(order.place(chunk), i);
                continue;
            }
            for (int n = 0; n < placements.count(i); n++) {
                PatchedBlocks.Base base =
                        patched.add(chunk, placements.at(i) + n, placements.stream(i), placements.first(i) + n);
                order.add(order.place(base.chunk()), PATCHED | block++);
            }
        }
        order.entries = Arrays.copyOf(order.entries, order.size);
        Arrays.sort(order.entries);
        return order;
    }

    private int place(ChunkId id) {
        return places.computeIfAbsent(id, added -> {
            chunks.add(added);
            return chunks.size() - 1;
        });
    }

    private void add(int chunk, int item) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        entries[size++] = ((long) chunk << Integer.SIZE) | Integer.toUnsignedLong(item);
    }

    /** Those without a chunk; to be asked for first. */
    synchronized Range zeros() {
        return range(ZERO);
    }

    /** Those of the next chunks, {@code most} at a time, each of which comes once; empty after the last. */
    synchronized List<Range> next(int most) {
        List<Range> batch = new ArrayList<>();
        while (!halted && batch.size() < most && done < size) {
            batch.add(range(chunkOf(done)));
        }
        return batch;
    }

    /** Nothing comes any more, until {@link #goOn}. */
    synchronized void halt() {
        halted = true;
    }

    synchronized void goOn() {
        halted = false;
    }

    /** Sees what is left, which must not be asked for meanwhile. */
    synchronized void remaining(IntConsumer entries) {
        for (int entry = done; entry < size; entry++) {
            entries.accept(entry);
        }
    }

    /** Of what is left, only entries that are wanted stay. Chunks of which none stays do not come. */
    synchronized void keep(IntPredicate wanted) {
        int kept = done;
        for (int entry = done; entry < size; entry++) {
            if (wanted.test(entry)) {
                entries[kept++] = entries[entry];
            }
        }
        size = kept;
    }

    synchronized boolean isDone() {
        return done == size;
    }

    int chunks() {
        return chunks.size();
    }

    private Range range(int chunk) {
        int from = done;
        while (done < size && chunkOf(done) == chunk) {
            done++;
        }
        return new Range(from, done);
    }

    private int chunkOf(int entry) {
        return (int) (entries[entry] >> Integer.SIZE);
    }

    ChunkId chunk(Range range) {
        return chunks.get(chunkOf(range.from()));
    }

    boolean isPatched(int entry) {
        return (int) entries[entry] < 0;
    }

    /** Number of the placement, or of the patched block. */
    int item(int entry) {
        return (int) entries[entry] & ~PATCHED;
    }
}
