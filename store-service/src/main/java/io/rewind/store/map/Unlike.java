package io.rewind.store.map;

import io.rewind.event.StreamKind;
import io.rewind.store.layer.Layer;
import io.rewind.store.layer.LayerMerge;
import io.rewind.store.layer.LayerMerge.Said;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.Nodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which pages of memory may lie elsewhere for one map than for another. What layers that both have say is the same for
 * both; so only the others are read. A page that only one side's speak of counts as unlike: what the shared ones say of it
 * is not looked up.
 */
public final class Unlike {
    /** Takes pages in ascending order, space after space; stretches may touch. */
    @FunctionalInterface
    public interface Taker {
        /** @param end exclusive; {@link #NO_END}: all pages from the first on */
        void pages(String space, long first, long end);
    }

    public static final long NO_END = 1L << 51;

    private static final Row NOTHING = new Row(Segment.BLOCKS, 0, Place.Empty.ABSENT);

    private final Taker taker;
    private final int others;
    private String space = "";
    /** The rest of the space has been told. */
    private boolean told;

    /** @param others place of the other side's first layer */
    private Unlike(Taker taker, int others) {
        this.taker = taker;
        this.others = others;
    }

    /** @throws io.rewind.runtime.fault.Fault STORE_DAMAGED */
    public static void read(Nodes nodes, NodeId one, NodeId other, Taker taker) {
        Layer.Parted parted = Layer.parted(nodes, one, other);
        List<Layer> layers = new ArrayList<>(parted.one());
        layers.addAll(parted.other());
        Unlike unlike = new Unlike(taker, parted.one().size());
        byte[] end = StreamKey.end(StreamKind.MEMORY);
        LayerMerge.walk(nodes, layers, StreamKey.start(StreamKind.MEMORY), (key, said) -> {
            boolean within = Arrays.compareUnsigned(key, end) < 0;
            if (within) {
                unlike.visit(key, said);
            }
            return within;
        });
    }

    private void visit(byte[] key, List<Said> said) {
        OptionalLong number = StreamKey.segmentOf(key);
        if (number.isEmpty()) {
            space = StandardCharsets.UTF_8.decode(StreamKey.read(key).name()).toString();
            told = false;
            // One that ended, and perhaps came again, hides what older layers say.
            if (said.stream().anyMatch(one -> StreamEntry.decode(one.value()).kept() < Long.MAX_VALUE)) {
                tellRest(0);
            }
        } else if (!told) {
            segment(number.getAsLong() * Segment.BLOCKS, said);
        }
    }

    private void segment(long base, List<Said> said) {
        Segment one = Segment.EMPTY;
        Segment other = Segment.EMPTY;
        for (Said layer : said) {
            Segment older = Segment.decode(ByteBuffer.wrap(layer.value()));
            if (layer.layer() < others) {
                one = one.over(older);
            } else {
                other = other.over(older);
            }
        }
        if (one.covered() > 0 || other.covered() > 0) {
            tellRest(base);
        } else {
            compare(base, one.rows(), other.rows());
        }
    }

    private void tellRest(long from) {
        taker.pages(space, from, NO_END);
        told = true;
    }

    private void compare(long base, List<Row> one, List<Row> other) {
        int i = 0;
        int j = 0;
        for (int at = 0; at < Segment.BLOCKS; ) {
            i += i < one.size() && one.get(i).end() <= at ? 1 : 0;
            j += j < other.size() && other.get(j).end() <= at ? 1 : 0;
            Row mine = i < one.size() ? one.get(i) : NOTHING;
            Row theirs = j < other.size() ? other.get(j) : NOTHING;
            int until = Math.min(next(mine, at), next(theirs, at));
            boolean spoken = mine.first() <= at || theirs.first() <= at;
            if (spoken && !sameAt(at, mine, theirs)) {
                taker.pages(space, base + at, base + until);
            }
            at = until;
        }
    }

    /** Where a row that ends behind a block begins, or ends if the block is in it. */
    private static int next(Row row, int at) {
        return row.first() > at ? row.first() : row.end();
    }

    private static boolean sameAt(int at, Row mine, Row theirs) {
        return mine.first() <= at
                && theirs.first() <= at
                && mine.place().next(at - mine.first()).equals(theirs.place().next(at - theirs.first()));
    }
}
