package io.rewind.restore.compare;

import io.rewind.criu.AddressSpace;
import io.rewind.criu.AddressSpace.Mapping;
import io.rewind.restore.look.Processes;
import io.rewind.schemas.content.Block;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts pages by process and mapping. What is gone is counted where it was, all else where it is. */
final class Tally {
    private static final int ADDED = 0;
    private static final int CHANGED = 1;
    private static final int REMOVED = 2;
    private static final String UNKNOWN = "[unknown]";

    private final Processes was;
    private final Processes is;
    private final Map<Place, long[]> counts = new LinkedHashMap<>();

    private record Place(String space, String mapping) {}

    Tally(Processes was, Processes is) {
        this.was = was;
        this.is = is;
    }

    /** Returns the number of pages. */
    int added(PageRun run, int pages) {
        for (int n = 0; n < pages; n++) {
            count(is, run.space(), run.first() + n, ADDED);
        }
        return pages;
    }

    /** Returns the number of pages. */
    int removed(PageRun run, int pages) {
        for (int n = 0; n < pages; n++) {
            count(was, run.space(), run.first() + n, REMOVED);
        }
        return pages;
    }

    void changed(String space, long page) {
        count(is, space, page, CHANGED);
    }

    private void count(Processes processes, String space, long page, int what) {
        counts.computeIfAbsent(new Place(space, label(processes, space, page * Block.SIZE)), _ -> new long[3])[what]++;
    }

    private static String label(Processes processes, String space, long address) {
        if (space.startsWith("shmem-")) {
            return "[shared memory]";
        }
        return space.matches("[0-9]{1,9}")
                ? Optional.ofNullable(processes.spaces().get(Integer.valueOf(space)))
                        .flatMap(s -> mapping(s, address))
                        .map(processes::label)
                        .orElse(UNKNOWN)
                : UNKNOWN;
    }

    private static Optional<Mapping> mapping(AddressSpace space, long address) {
        List<Mapping> mappings = space.mappings();
        int low = 0;
        int high = mappings.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Mapping mapping = mappings.get(middle);
            if (Long.compareUnsigned(address, mapping.start()) < 0) {
                high = middle - 1;
            } else if (Long.compareUnsigned(address, mapping.end()) >= 0) {
                low = middle + 1;
            } else {
                return Optional.of(mapping);
            }
        }
        return Optional.empty();
    }

    List<MemoryDifference> differences() {
        return counts.entrySet().stream()
                .map(e -> new MemoryDifference(
                        e.getKey().space,
                        e.getKey().mapping,
                        e.getValue()[ADDED],
                        e.getValue()[CHANGED],
                        e.getValue()[REMOVED]))
                .toList();
    }
}
