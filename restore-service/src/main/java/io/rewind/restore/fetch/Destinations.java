package io.rewind.restore.fetch;

import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.plan.PointPlan;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The sink of each stream, and the digest of all that went into it. Thread-safe; a thread counts in digests of its own. */
final class Destinations {
    private static final byte[] ZEROS = new byte[Block.SIZE];

    private final PointPlan plan;
    private final IntFunction<BlockSink> open;
    private final Map<Integer, BlockSink> sinks = new ConcurrentHashMap<>();
    private final Digests all;

    Destinations(PointPlan plan, IntFunction<BlockSink> open) {
        this.plan = plan;
        this.open = open;
        this.all = digests();
    }

    /** The same sinks, opened anew, and nothing counted yet. */
    Destinations anew() {
        return new Destinations(plan, open);
    }

    /** Empty ones, for one thread; what they count is for {@link #add}. */
    Digests digests() {
        return new Digests(plan.streams().size());
    }

    void add(Digests ofOneThread) {
        synchronized (all) {
            all.add(ofOneThread);
        }
    }

    /** Once every thread has added its digests. */
    boolean isProven(int stream) {
        synchronized (all) {
            return all.of(stream).equals(plan.streams().get(stream).digest());
        }
    }

    /** Those of some streams that did not come out, by place in the plan. */
    IntStream unproven(Predicate<PlannedStream> wanted) {
        return IntStream.range(0, plan.streams().size())
                .filter(i -> wanted.test(plan.streams().get(i)) && !isProven(i));
    }

    /** For people. */
    String name(int stream) {
        PlannedStream named = plan.streams().get(stream);
        return "The " + named.kind() + " stream \"" + PosixPath.display(named.name()) + "\"";
    }

    /** @throws io.rewind.runtime.fault.Fault POINT_DAMAGED unless each of some streams came out */
    void requireProven(Predicate<PlannedStream> wanted) {
        unproven(wanted).findFirst().ifPresent(i -> {
            throw RestoreCode.POINT_DAMAGED.because(name(i) + " of the point is not what was captured.");
        });
    }

    /**
     * Counts a block.
     *
     * @return whether it belongs into its sink; a zero block of a file is a hole, which does not count either
     */
    boolean count(int stream, long block, byte[] bytes, int offset, int length, Digests digests) {
        PlannedStream of = plan.streams().get(stream);
        if (of.kind() == StreamKind.MEMORY && length != Block.SIZE) {
            throw RestoreCode.POINT_DAMAGED.because("A page of the point has " + length + " bytes.");
        }
        if (of.isEntry() && Block.isZero(bytes, offset, length)) {
            return false;
        }
        digests.add(stream, BlockDigest.of(block, bytes, offset, length));
        return true;
    }

    void zero(int stream, long block, int length, Digests digests) {
        digests.add(stream, BlockDigest.of(block, ZEROS, 0, length));
        sink(stream).zero(block);
    }

    /** Blocks that were counted. */
    void put(int stream, long block, byte[] bytes, int offset, int length) {
        sink(stream).put(block, bytes, offset, length);
    }

    /** What somebody has of a stream, of the blocks that are wanted. */
    Held take(Holder holder, int stream, PageRanges wanted) {
        return holder.take(plan.streams().get(stream), wanted, memory(stream));
    }

    /** Counts what was taken and stays. */
    void keep(int stream, PageRanges blocks, Held held, Digests digests) {
        digests.add(stream, held.digest(blocks));
        memory(stream).keep(blocks);
    }

    void startOver(int stream) {
        sink(stream).startOver();
    }

    /** Of a stream of memory; nothing else is at hand anywhere. */
    private MemorySink memory(int stream) {
        return (MemorySink) sink(stream);
    }

    private BlockSink sink(int stream) {
        return sinks.computeIfAbsent(stream, open::apply);
    }
}
