package io.rewind.criu.elf;

import io.rewind.criu.AddressSpace.Mapping;
import io.rewind.criu.ImageNames;
import io.rewind.criu.PageMap;
import io.rewind.criu.Run;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the pages of one process lie: its own in one pages file, those of shared memory in others. */
final class PageSource {
    private final Path images;
    private final Optional<Space> own;
    private final Map<Long, Optional<Space>> shared = new HashMap<>();

    private record Space(Path file, List<Run> runs) {}

    /**
     * Pages in a row.
     *
     * @param start address of the first
     * @param offset where it lies in {@code file}
     */
    record Piece(long start, long bytes, Path file, long offset) {
        long end() {
            return start + bytes;
        }
    }

    PageSource(Path images, int pid) {
        this.images = images;
        this.own = space(Integer.toString(pid));
    }

    private Optional<Space> space(String name) {
        Path map = images.resolve(ImageNames.pageMap(name));
        if (!Files.exists(map, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        PageMap pages = PageMap.read(map);
        return Optional.of(new Space(images.resolve(ImageNames.pages(pages.pagesId())), pages.presentPages()));
    }

    /** What there is of a mapping, in order of addresses. */
    List<Piece> of(Mapping mapping) {
        return mapping.isSharedMemory()
                ? shared.computeIfAbsent(mapping.source(), id -> space("shmem-" + Long.toUnsignedString(id)))
                        .map(s -> pieces(s, mapping, mapping.start() - mapping.offset()))
                        .orElse(List.of())
                : own.map(s -> pieces(s, mapping, 0)).orElse(List.of());
    }

    /** @param shift from where the space counts to the address */
    private static List<Piece> pieces(Space space, Mapping mapping, long shift) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = first(space.runs, mapping.start() - shift); i < space.runs.size(); i++) {
            Run run = space.runs.get(i);
            long start = Math.max(run.vaddr() + shift, mapping.start());
            long end = Math.min(run.end() + shift, mapping.end());
            if (run.vaddr() + shift >= mapping.end()) {
                break;
            }
            if (end > start) {
                pieces.add(new Piece(start, end - start, space.file, run.fileOffset() + start - shift - run.vaddr()));
            }
        }
        return pieces;
    }

    /** The first run that ends after the address. */
    private static int first(List<Run> runs, long address) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runs.get(middle).end() <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
