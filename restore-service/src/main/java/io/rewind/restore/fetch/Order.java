package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.plan.PointPlan;
import io.rewind.schemas.id.ChunkId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * What to do with each chunk of whole blocks when it comes, sorted by chunk; zero blocks come first. Filled by one thread,
 * then shared: each chunk is taken by one of several threads, in turn or, by whoever needs it now, out of turn.
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
    private boolean givenUp;
    /** By place in the list. */
    private final BitSet taken = new BitSet();

    private final BitSet arrived = new BitSet();

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
            int chunk = chunkOf(done);
            Range range = range(chunk);
            if (!taken.get(chunk)) {
                taken.set(chunk);
                batch.add(range);
            }
        }
        return batch;
    }

    /** Those of these chunks that nobody has taken; they are the caller's then. */
    synchronized List<Range> take(BitSet chunks) {
        List<Range> batch = new ArrayList<>();
        for (int chunk = chunks.nextSetBit(0); chunk >= 0 && !givenUp; chunk = chunks.nextSetBit(chunk + 1)) {
            if (!taken.get(chunk)) {
                taken.set(chunk);
                batch.add(new Range(firstOf(chunk), firstOf(chunk + 1)));
            }
        }
        return batch;
    }

    /** The blocks of a chunk are in their places. */
    synchronized void arrived(Range range) {
        arrived.set(chunkOf(range.from()));
        notifyAll();
    }

    /** Waits for chunks that have been taken. Returns whether all came; else it was given up. */
    synchronized boolean await(BitSet chunks) {
        BitSet missing = (BitSet) chunks.clone();
        missing.andNot(arrived);
        while (!missing.isEmpty() && !givenUp) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw RestoreCode.INTERRUPTED.because("The restore was interrupted while memory came.", e);
            }
            missing.andNot(arrived);
        }
        return missing.isEmpty();
    }

    synchronized boolean allArrived() {
        return arrived.cardinality() == chunks.size();
    }

    /** Nothing comes any more, ever; nobody waits any longer. */
    synchronized void giveUp() {
        halted = true;
        givenUp = true;
        notifyAll();
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

    /** The first entry of a chunk or of one after it. */
    private int firstOf(int chunk) {
        int found = Arrays.binarySearch(entries, 0, size, (long) chunk << Integer.SIZE);
        return found < 0 ? -found - 1 : found;
    }

    /** Sees every entry with its chunk's place in the list; those without a chunk have a negative one. */
    void forEach(IntBinaryConsumer taker) {
        for (int entry = 0; entry < size; entry++) {
            taker.accept(entry, chunkOf(entry));
        }
    }

    /** Of two ints. */
    @FunctionalInterface
    interface IntBinaryConsumer {
        void accept(int entry, int chunk);
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
