package io.rewind.criu.elf;

import io.rewind.criu.AddressSpace;
import io.rewind.criu.AddressSpace.Mapping;
import io.rewind.criu.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * The mappings of a process as segments of a core. What a file mapping has no page of is left to the file; of anonymous
 * memory it is zero, so there a short stretch without pages stays a hole in the segment before it.
 */
final class Segments {
    /** A longer stretch without pages is a segment of its own, so that reserved memory needs no room. */
    private static final long LONGEST_HOLE = 256 * Entry.PAGE;

    private final PageSource pages;
    private final List<Segment> segments = new ArrayList<>();

    /**
     * @param start address
     * @param memory bytes in memory
     * @param file bytes in the core: all or none
     * @param runs what is to be copied there, by address
     */
    record Segment(long start, long memory, long file, int protection, List<PageSource.Piece> runs) {}

    private Segments(PageSource pages) {
        this.pages = pages;
    }

    static List<Segment> of(AddressSpace space, PageSource pages) {
        Segments cut = new Segments(pages);
        space.mappings().stream().filter(m -> !m.isKernels()).forEach(cut::cut);
        return cut.segments;
    }

    private void cut(Mapping mapping) {
        long longestHole = mapping.isFile() ? 0 : LONGEST_HOLE;
        long from = mapping.start();
        List<PageSource.Piece> gathered = new ArrayList<>();
        for (PageSource.Piece piece : pages.of(mapping)) {
            long end = gathered.isEmpty() ? from : gathered.getLast().end();
            if (piece.start() - end > longestHole) {
                add(from, end, mapping, gathered);
                add(end, piece.start(), mapping, List.of());
                gathered = new ArrayList<>();
                from = piece.start();
            }
            gathered.add(piece);
        }
        long end = gathered.isEmpty() ? from : gathered.getLast().end();
        add(from, end, mapping, gathered);
        add(end, mapping.end(), mapping, List.of());
    }

    private void add(long start, long end, Mapping mapping, List<PageSource.Piece> runs) {
        if (end > start) {
            long bytes = end - start;
            segments.add(new Segment(start, bytes, runs.isEmpty() ? 0 : bytes, mapping.protection(), runs));
        }
    }
}
