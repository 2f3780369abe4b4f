package io.rewind.capture.files;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.runtime.posix.FileStat;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A tree as it was at some point. Immutable by convention. */
public record KnownTree(NavigableMap<String, Entry> entries) {
    public static final KnownTree EMPTY = new KnownTree(new TreeMap<>());

    /**
     * @param stable false: it was written so shortly before it was looked at that a later write could leave the same
     *     times behind
     */
    record Entry(FileStat stat, boolean stable, FileMeta meta, BlockTable blocks) {
        /** Whether nothing can have changed in it since. */
        boolean isStill(FileStat now) {
            return stable
                    && stat.inode() == now.inode()
                    && stat.ctimeNanos() == now.ctimeNanos()
                    && stat.mtimeNanos() == now.mtimeNanos()
                    && stat.size() == now.size()
                    && stat.links() == now.links()
                    && stat.mode() == now.mode();
        }

        /** The same as something known: what was staged for one capture is not there for the next. */
        Entry settled() {
            return new Entry(stat, stable, meta, blocks.settled());
        }

        /** Path of the entry that carries the content; empty when that is the entry itself. */
        String hardLinkTo() {
            return meta.getType() == FileType.HARDLINK
                    ? StandardCharsets.ISO_8859_1
                            .decode(meta.getTarget().duplicate())
                            .toString()
                    : "";
        }
    }
}
