package io.rewind.store.map;

import io.rewind.event.StreamKind;
import io.rewind.store.fault.StoreFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which stretches of a point's map are asked for, in the map's order. */
public final class StreamRanges {
    /** From a key up to, but not, another. */
    @SuppressWarnings("ArrayRecordComponent")
    record Range(byte[] from, byte[] to) {}

    private final List<Range> ranges;

    private StreamRanges(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    public static StreamRanges all() {
        return ofKinds(List.of(StreamKind.values()));
    }

    /** Every stream of these kinds. */
    public static StreamRanges ofKinds(List<StreamKind> kinds) {
        return new StreamRanges(kinds.stream()
                .distinct()
                .sorted()
                .map(kind -> new Range(StreamKey.start(kind), StreamKey.end(kind)))
                .toList());
    }

    /**
     * One stream, what lies below it and, before it, what it lies in.
     *
     * @param name empty: the whole tree
     * @throws io.rewind.runtime.fault.Fault QUERY_INVALID for a name that no stream has
     */
    public static StreamRanges near(StreamKind kind, String tree, ByteBuffer name) {
        StreamKey key = new StreamKey(kind, tree, name);
        if (!StreamNames.areValid(key)) {
            throw StoreFault.QUERY_INVALID.rejected("no stream of kind " + kind + " has such a name");
        }
        List<Range> ranges = new ArrayList<>();
        if (key.isFileTree()) {
            for (Optional<StreamKey> above = key.above();
                    above.isPresent();
                    above = above.get().above()) {
                ranges.addFirst(above.get().own());
            }
        }
        if (name.hasRemaining() || !key.isFileTree()) {
            ranges.add(key.own());
        }
        byte[][] below = key.below();
        ranges.add(new Range(below[0], below[1]));
        return new StreamRanges(ranges);
    }

    List<Range> ranges() {
        return ranges;
    }
}
