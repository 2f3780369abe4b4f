package io.rewind.criu;

import com.google.protobuf.ByteString;

/**
 * One stretch of memory in a page map: {@code pagemap_entry} of images/pagemap.proto; flags as PE_* of
 * criu/include/pagemap.h.
 *
 * @param vaddr where it begins, in bytes, a multiple of the page size; in a shared segment the offset in it
 * @param pages how many pages, at least one
 * @param flags {@link #PARENT}, {@link #LAZY}, {@link #PRESENT}; bits unknown here are kept
 * @param count which fields say the number of pages
 * @param unknown fields of later versions, as they were read
 */
public record Entry(long vaddr, long pages, int flags, CountField count, ByteString unknown) {
    /** Bytes in a page. */
    public static final long PAGE = 4096;

    /** The pages are in the parent image. */
    public static final int PARENT = 1;
    /** The pages may be fetched after the start of a restored process. */
    public static final int LAZY = 2;
    /** The pages are in the pages file. */
    public static final int PRESENT = 4;

    /** User addresses end below this with five levels of page tables, the most there are. */
    private static final long ADDRESS_LIMIT = 1L << 57;

    public Entry {
        if (vaddr < 0 || vaddr >= ADDRESS_LIMIT || vaddr % PAGE != 0) {
            throw CriuFault.IMAGE_DAMAGED.rejected(
                    "No page begins at 0x" + Long.toHexString(vaddr) + ", where a page map has an entry.");
        }
        if (pages < 1 || pages > (ADDRESS_LIMIT - vaddr) / PAGE || !count.holds(pages)) {
            throw CriuFault.IMAGE_DAMAGED.rejected("An entry of a page map at 0x" + Long.toHexString(vaddr) + " has "
                    + Long.toUnsignedString(pages) + " pages, which cannot be.");
        }
    }

    public Entry(long vaddr, long pages, int flags, CountField count) {
        this(vaddr, pages, flags, count, ByteString.EMPTY);
    }

    /** The first byte after it. */
    public long end() {
        return vaddr + bytes();
    }

    public long bytes() {
        return pages * PAGE;
    }

    public boolean inParent() {
        return (flags & PARENT) != 0;
    }

    public boolean lazy() {
        return (flags & LAZY) != 0;
    }

    public boolean present() {
        return (flags & PRESENT) != 0;
    }

    /** Some of its pages, from the {@code first} on, counted from 0. */
    Entry part(long first, long size) {
        return new Entry(vaddr + first * PAGE, size, flags, count, unknown);
    }

    /** The same with so many more pages at its end. */
    Entry grown(long more) {
        return new Entry(vaddr, pages + more, flags, count, unknown);
    }

    /** The same stretch with other flags. */
    public Entry withFlags(int other) {
        return new Entry(vaddr, pages, other, count, unknown);
    }
}
