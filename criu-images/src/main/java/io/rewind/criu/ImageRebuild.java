package io.rewind.criu;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Makes a full image of one that was dumped without memory: the same stretches, all of them present, and the order in
 * which their contents go into the pages file. What was lazy stays so: those pages may come after the start. Longer
 * stretches than {@link #LONGEST} pages become several, since CRIU's lazy-pages daemon counts their bytes in an int
 * (criu/uffd.c, collect_iovs).
 */
public final class ImageRebuild {
    /** A gibibyte. */
    static final long LONGEST = 1 << 18;

    private final PageMap allPresent;

    private ImageRebuild(PageMap allPresent) {
        this.allPresent = allPresent;
    }

    /**
     * For one map of an image.
     *
     * @throws io.rewind.runtime.fault.Fault PARENT_NEEDED when pages lie in a parent image
     */
    public static ImageRebuild of(PageMap map) {
        if (map.entries().stream().anyMatch(Entry::inParent)) {
            throw CriuFault.PARENT_NEEDED.rejected(
                    "The page map of " + map.space() + " has pages in a parent image; dump without one.");
        }
        List<Entry> entries = map.entries().stream()
                .map(entry -> entry.withFlags(entry.flags() | Entry.PRESENT))
                .flatMap(ImageRebuild::parts)
                .toList();
        return new ImageRebuild(new PageMap(map.space(), map.pagesId(), entries, map.unknown()));
    }

    /**
     * For all maps of an image, in the given order.
     *
     * @throws io.rewind.runtime.fault.Fault PAGES_MISMATCH when two maps are of one space or claim one pages file
     */
    public static List<ImageRebuild> ofAll(List<PageMap> maps) {
        Set<String> spaces = new HashSet<>();
        Set<Long> pagesIds = new HashSet<>();
        for (PageMap map : maps) {
            if (!spaces.add(map.space()) || !pagesIds.add(map.pagesId())) {
                throw CriuFault.PAGES_MISMATCH.rejected(
                        "The page map of " + map.space() + " shares its space or its pages file with another one.");
            }
        }
        return maps.stream().map(ImageRebuild::of).toList();
    }

    private static Stream<Entry> parts(Entry entry) {
        return LongStream.iterate(0, at -> at < entry.pages(), at -> at + LONGEST)
                .mapToObj(at -> entry.part(at, Math.min(LONGEST, entry.pages() - at)));
    }

    /** The page map to put beside the pages: every entry present, other bits as they were. */
    public PageMap allPresent() {
        return allPresent;
    }

    /** What has to be in the pages file: run after run, without a gap, from offset 0. */
    public List<Run> pageOrder() {
        return allPresent.presentPages();
    }

    /** Name of the pages file to fill. */
    public String pagesName() {
        return ImageNames.pages(allPresent.pagesId());
    }

    /** Bytes of the filled pages file. */
    public long bytes() {
        return allPresent.presentBytes();
    }
}
