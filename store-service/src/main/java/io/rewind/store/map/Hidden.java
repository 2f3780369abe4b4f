package io.rewind.store.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ranges of keys that a layer hides in the layers below it, while keys are walked in order. */
final class Hidden {
    /** Up to but not {@code to}; in layers of a higher number than {@code layer}. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Range(byte[] from, byte[] to, int layer) {}

    private final List<Range> ranges = new ArrayList<>();

    void add(byte[] from, byte[] to, int layer) {
        ranges.add(new Range(from, to, layer));
    }

    /** The oldest layer that is seen at the key. Keys asked for later must not be smaller. */
    int oldestSeen(byte[] key) {
        ranges.removeIf(range -> Arrays.compareUnsigned(range.to, key) <= 0);
        return ranges.stream()
                .filter(range -> Arrays.compareUnsigned(range.from, key) <= 0)
                .mapToInt(Range::layer)
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
