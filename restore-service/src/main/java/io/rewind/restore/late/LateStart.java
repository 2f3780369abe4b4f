package io.rewind.restore.late;

import io.rewind.criu.Entry;
import io.rewind.criu.PageMap;
import io.rewind.criu.PageMaps;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether a container is to be started before all of its memory is there. Thread-safe. */
public final class LateStart {
    /** For each page the daemon searches its list of stretches from the beginning. */
    private static final int MOST_STRETCHES = 1 << 15;

    /**
     * What parent and child share until one of them writes comes for each of them by itself when it comes late; so all
     * processes but one may have a quarter of the memory at most.
     */
    private static final int SHARED = 4;

    private final BooleanSupplier possible;
    private final long from;

    /**
     * @param possible whether this host can do it
     * @param from bytes of memory for which it is worth it
     */
    public LateStart(BooleanSupplier possible, long from) {
        this.possible = possible;
        this.from = from;
    }

    public static LateStart never() {
        return new LateStart(() -> false, 0);
    }

    /** @param images complete, with their pages */
    public boolean suits(Path images) {
        List<PageMap> maps =
                PageMaps.inFolder(images).stream().map(PageMaps.Located::map).toList();
        long late = maps.stream().mapToLong(LateStart::lateBytes).sum();
        long most = maps.stream().mapToLong(LateStart::lateBytes).max().orElse(0);
        return late > 0
                && late >= from
                && late - most <= late / SHARED
                && maps.stream().allMatch(map -> map.entries().size() <= MOST_STRETCHES)
                && possible.getAsBoolean();
    }

    private static long lateBytes(PageMap map) {
        return map.entries().stream()
                .filter(Entry::lazy)
                .mapToLong(Entry::bytes)
                .sum();
    }
}
