package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.plan.Placements;
import io.rewind.restore.plan.PointPlan;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Which chunks have to come for some blocks of a pass, each by its place in the order's list. The columns beside those of the
 * plan have a chunk for each placement, and for each patched block. Immutable.
 */
final class ChunkIndex {
    private static final int ZERO = -1;
    private static final int PATCHED = -2;

    private final Placements placements;
    private final PatchedBlocks patched;
    private final int[] ofPlacement;
    private final int[] ofPatched;

    /** @throws io.rewind.runtime.fault.Fault POINT_DAMAGED when blocks of a stream do not come in order, each once */
    ChunkIndex(PointPlan plan, Pass pass) {
        this.placements = plan.placements();
        this.patched = pass.patched();
        this.ofPlacement = new int[placements.size()];
        this.ofPatched = new int[patched.size()];
        Arrays.fill(ofPlacement, PATCHED);
        Order order = pass.order();
        order.forEach((entry, chunk) -> {
            if (order.isPatched(entry)) {
                ofPatched[order.item(entry)] = chunk;
            } else {
                ofPlacement[order.item(entry)] = chunk;
            }
        });
        for (int i = 1; i < placements.size(); i++) {
            if (placements.stream(i) == placements.stream(i - 1)
                    && placements.first(i) < end(i - 1)
                    && pass.wanted().test(plan.streams().get(placements.stream(i)))) {
                throw RestoreCode.POINT_DAMAGED.because("The point's blocks are not in order.");
            }
        }
    }

    private long end(int placement) {
        return placements.first(placement) + placements.count(placement);
    }

    /**
     * Adds the chunks of blocks of a stream of the pass; zero blocks need none.
     *
     * @param end exclusive
     * @throws io.rewind.runtime.fault.Fault POINT_DAMAGED when the point has not all of the blocks
     */
    void add(int stream, long first, long end, BitSet chunks) {
        int placement = first(placements.size(), i -> isFrom(placements.stream(i), end(i) - 1, stream, first));
        for (long at = first; at < end; placement++) {
            if (placement == placements.size()
                    || placements.stream(placement) != stream
                    || placements.first(placement) > at) {
                throw RestoreCode.POINT_DAMAGED.because("The point lacks pages that the process has.");
            }
            long to = Math.min(end, end(placement));
            if (ofPlacement[placement] == PATCHED) {
                long from = at;
                int block = first(patched.size(), i -> isFrom(patched.stream(i), patched.number(i), stream, from));
                for (int i = 0; i < to - at; i++) {
                    chunks.set(ofPatched[block + i]);
                }
            } else if (ofPlacement[placement] != ZERO) {
                chunks.set(ofPlacement[placement]);
            }
            at = to;
        }
    }

    private static boolean isFrom(int stream, long block, int otherStream, long otherBlock) {
        return stream == otherStream ? block >= otherBlock : stream > otherStream;
    }

    /** The first for which it holds, as for all after it. */
    private static int first(int size, IntPredicate holds) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
