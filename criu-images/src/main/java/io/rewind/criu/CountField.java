package io.rewind.criu;

/**
 * Which fields of a page map entry carry its number of pages; images/pagemap.proto of CRIU changed it in 4.2. Every
 * version reads {@code nr_pages} when it knows it and finds it, and the 32-bit field otherwise.
 */
public enum CountField {
    /** Up to 4.1: 32 bits in field 2, which was called nr_pages then. */
    NARROW,
    /** From 4.2: 64 bits in field 5, and zero in field 2, now called compat_nr_pages. */
    WIDE,
    /** The same number in both: read by all versions, written by none so far. */
    BOTH;

    /** The most pages that field 2 can say. */
    static final long NARROW_LIMIT = 0xFFFF_FFFFL;

    boolean holds(long pages) {
        return this == WIDE || pages <= NARROW_LIMIT;
    }
}
