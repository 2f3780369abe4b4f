package io.rewind.criu;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An earlier dump for CRIU's {@code --prev-images-dir} that claims to have every page of a process, and has none. What CRIU
 * then takes for unchanged it leaves where it is, and does not move through a pipe: in the page map it says that those
 * pages are in the parent. {@link #disown} makes of that the map which it would have written without a parent, with all
 * contents still to be put in.
 *
 * <pre>
 * inventory.img    1 img_version  8 dump_uptime, microseconds: no process began after it, so none has a reused pid
 * pagemap-N.img    0 to 2^47, present, as many entries as a 32-bit number of pages needs
 * pages-1.img      empty: nothing is read of it
 * </pre>
 */
public final class ParentImage {
    /** The link from an image folder to its parent's. */
    private static final String LINK = "parent";

    private static final int INVENTORY_MAGIC = 0x58313116;
    private static final int IMAGE_VERSION = 2;
    private static final long AFTER_ALL = 1L << 62;
    private static final long PAGES_ID = 1;
    /** 4 TiB. */
    private static final long PAGES_AN_ENTRY = 1L << 30;

    private static final int ENTRIES = 32;

    private ParentImage() {}

    /**
     * Fills a new folder.
     *
     * @param processes by the pid in their own namespace; CRIU dumps any other as if there were no parent
     */
    public static void write(Path folder, Collection<Integer> processes) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("inventory.img"), inventory());
        Files.createFile(folder.resolve(ImageNames.pages(PAGES_ID)));
        List<Entry> everything = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            everything.add(new Entry(i * PAGES_AN_ENTRY * Entry.PAGE, PAGES_AN_ENTRY, Entry.PRESENT, CountField.BOTH));
        }
        for (int process : processes) {
            new PageMap(Integer.toString(process), PAGES_ID, everything).writeInto(folder);
        }
    }

    /** This image has one magic, not two. */
    private static byte[] inventory() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(message);
        out.writeUInt32(1, IMAGE_VERSION);
        out.writeUInt64(8, AFTER_ALL);
        out.flush();
        return ByteBuffer.allocate(8 + message.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(INVENTORY_MAGIC)
                .putInt(message.size())
                .put(message.toByteArray())
                .array();
    }

    /**
     * Makes a finished dump one without a parent. The folder stays as it is when it has none.
     *
     * @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO
     */
    public static void disown(Path images) throws IOException {
        if (!Files.deleteIfExists(images.resolve(LINK))) {
            return;
        }
        for (PageMaps.Located located : PageMaps.inFolder(images)) {
            PageMap map = located.map();
            if (map.entries().stream().anyMatch(Entry::inParent)) {
                AddressSpace memory = AddressSpace.read(images.resolve("mm-" + map.space() + ".img"));
                withoutParent(map, memory).writeInto(images);
            }
        }
    }

    static PageMap withoutParent(PageMap map, AddressSpace memory) {
        List<Entry> entries = new ArrayList<>();
        int mapping = 0;
        for (Entry entry : map.entries()) {
            if (!entry.inParent()) {
                entries.add(entry);
                continue;
            }
            long start = entry.vaddr() / Entry.PAGE;
            long end = start + entry.pages();
            for (long page = start; page < end; ) {
                AddressSpace.Mapping in = memory.mappings().get(mapping);
                if (in.end() <= page * Entry.PAGE) {
                    mapping++;
                    continue;
                }
                long next = Math.min(end, in.end() / Entry.PAGE);
                int flags = in.mayComeLate() ? Entry.LAZY : Entry.PRESENT;
                add(entries, entry.part(page - start, next - page).withFlags(flags));
                page = next;
            }
        }
        return new PageMap(map.space(), map.pagesId(), entries, map.unknown());
    }

    private static void add(List<Entry> entries, Entry next) {
        Entry last = entries.isEmpty() ? next : entries.getLast();
        if (last.end() == next.vaddr() && last.flags() == next.flags()) {
            entries.set(entries.size() - 1, last.grown(next.pages()));
        } else {
            entries.add(next);
        }
    }
}
