package io.rewind.criu;

import com.google.protobuf.ByteString;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One pagemap-*.img: which memory of one space the image has, by address. Entries are in order and do not overlap.
 *
 * @param space "17" for pagemap-17.img, the memory of the process with that pid in its own namespace; "shmem-3" for
 *     pagemap-shmem-3.img, a shared segment
 * @param pagesId the N of the pages-N.img that belongs to this map and to no other
 * @param entries at most {@link #MAX_ENTRIES}
 * @param unknown fields of later versions in the head, as they were read
 */
public record PageMap(String space, long pagesId, List<Entry> entries, ByteString unknown) {
    /** Enough for 8 GiB of which every second page was never touched; about 100 MB of heap. */
    public static final int MAX_ENTRIES = 1 << 20;

    public PageMap {
        ImageNames.pageMap(space);
        ImageNames.pages(pagesId);
        entries = List.copyOf(entries);
        if (entries.size() > MAX_ENTRIES) {
            throw CriuFault.IMAGE_TOO_LARGE.rejected("The page map of " + space + " has too many entries.");
        }
        long end = 0;
        for (Entry entry : entries) {
            if (entry.vaddr() < end) {
                throw CriuFault.IMAGE_DAMAGED.rejected("The page map of " + space + " overlaps itself or is out of "
                        + "order at 0x" + Long.toHexString(entry.vaddr()) + ".");
            }
            end = entry.end();
        }
    }

    public PageMap(String space, long pagesId, List<Entry> entries) {
        this(space, pagesId, entries, ByteString.EMPTY);
    }

    /**
     * Reads to the end of the stream and leaves it open.
     *
     * @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO
     */
    public static PageMap read(String space, InputStream in) {
        return PageMapCodec.read(space, in);
    }

    /**
     * Reads a file whose name says the space; follows no link.
     *
     * @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO, NAME_REFUSED
     */
    public static PageMap read(Path file) {
        String name = String.valueOf(file.getFileName());
        String space = ImageNames.space(name)
                .orElseThrow(() -> CriuFault.NAME_REFUSED.rejected("A file that is no page map was given for one."));
        return ImageFiles.read(file, in -> read(space, in));
    }

    /** Writes in the encoding of the CRIU that wrote what was read; leaves the stream open. */
    public void writeTo(OutputStream out) {
        PageMapCodec.write(this, out);
    }

    /** Writes pagemap-<space>.img in the folder, over an older one but through no link, and returns its path. */
    public Path writeInto(Path folder) {
        Path file = folder.resolve(ImageNames.pageMap(space));
        ImageFiles.write(file, this::writeTo);
        return file;
    }

    /** The pages that are in pages-N.img, in file order; pages of other entries take no room there. */
    public List<Run> presentPages() {
        List<Run> runs = new ArrayList<>();
        long offset = 0;
        for (Entry entry : entries) {
            if (entry.present()) {
                runs.add(new Run(entry.vaddr(), entry.pages(), offset));
                offset += entry.bytes();
            }
        }
        return List.copyOf(runs);
    }

    /** The entries whose pages are not in pages-N.img: what to read from the frozen process. */
    public List<Entry> absentPages() {
        return entries.stream().filter(entry -> !entry.present()).toList();
    }

    /** Bytes that pages-N.img has to have. */
    public long presentBytes() {
        return entries.stream().filter(Entry::present).mapToLong(Entry::bytes).sum();
    }

    /** Number of pages, present or not. */
    public long pages() {
        return entries.stream().mapToLong(Entry::pages).sum();
    }
}
