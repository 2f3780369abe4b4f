package io.rewind.criu;

/**
 * Consecutive pages and where their contents lie in the pages file.
 *
 * @param vaddr where the first page begins in memory, in bytes
 * @param pages how many pages
 * @param fileOffset where the first page begins in pages-N.img, in bytes
 */
public record Run(long vaddr, long pages, long fileOffset) {
    public long bytes() {
        return pages * Entry.PAGE;
    }

    /** The first byte in memory after it. */
    public long end() {
        return vaddr + bytes();
    }

    /** The first byte in the file after it. */
    public long fileEnd() {
        return fileOffset + bytes();
    }
}
