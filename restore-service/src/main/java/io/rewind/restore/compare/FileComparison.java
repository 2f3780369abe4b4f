package io.rewind.restore.compare;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamKind;
import io.rewind.restore.compare.FileDifference.Kind;
import io.rewind.restore.look.Entry;
import io.rewind.restore.look.Listing;
import io.rewind.restore.look.Moment;
import io.rewind.runtime.posix.PosixPath;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** The files of two points, by what is known about them: their digests stand for their content. */
public final class FileComparison {
    private FileComparison() {}

    /** @param each told every file that differs: of the upper directory first, in the order of paths */
    public static void of(Moment before, Moment after, Consumer<FileDifference> each) {
        for (StreamKind kind : new StreamKind[] {StreamKind.UPPER, StreamKind.VOLUME}) {
            try (Pulled<Entry> old = new Pulled<>(out -> Listing.all(before.point(), kind, out));
                    Pulled<Entry> now = new Pulled<>(out -> Listing.all(after.point(), kind, out))) {
                merge(old, now, each);
            }
        }
    }

    private static void merge(Pulled<Entry> old, Pulled<Entry> now, Consumer<FileDifference> each) {
        while (old.peek().isPresent() || now.peek().isPresent()) {
            int order = order(old.peek(), now.peek());
            Optional<Entry> was = order <= 0 ? old.peek() : Optional.empty();
            Optional<Entry> is = order >= 0 ? now.peek() : Optional.empty();
            difference(was, is).ifPresent(each);
            was.ifPresent(_ -> old.skip());
            is.ifPresent(_ -> now.skip());
        }
    }

    private static int order(Optional<Entry> a, Optional<Entry> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? 1 : -1;
        }
        int trees = Arrays.compareUnsigned(
                PosixPath.of(a.get().tree()), PosixPath.of(b.get().tree()));
        return trees != 0
                ? trees
                : Arrays.compareUnsigned(a.get().path(), b.get().path());
    }

    /** A mark of a deleted file is no file. */
    private static Optional<FileDifference> difference(Optional<Entry> was, Optional<Entry> is) {
        boolean whited = is.filter(FileComparison::isWhiteout).isPresent();
        Optional<Entry> before = was.filter(e -> !isWhiteout(e));
        Optional<Entry> after = is.filter(e -> !isWhiteout(e));
        if (after.isPresent()) {
            Entry entry = after.get();
            return (before.isEmpty()
                            ? Optional.of(Kind.ADDED)
                            : kind(before.get().meta(), entry.meta()))
                    .map(kind -> new FileDifference(
                            kind, entry, before.map(FileComparison::size).orElse(0L), size(entry)));
        }
        // Deleted, be it from the image alone, which the point before did not speak of.
        boolean gone = before.isPresent() || (whited && was.isEmpty());
        return gone
                ? before.or(() -> is)
                        .map(entry -> new FileDifference(
                                Kind.REMOVED,
                                entry,
                                before.map(FileComparison::size).orElse(0L),
                                0))
                : Optional.empty();
    }

    private static Optional<Kind> kind(FileMeta a, FileMeta b) {
        if (a.getType() != b.getType()
                || a.getSize() != b.getSize()
                || !a.getDigest().equals(b.getDigest())
                || !a.getTarget().equals(b.getTarget())) {
            return Optional.of(Kind.CHANGED);
        }
        if (a.getMode() != b.getMode()
                || a.getUid() != b.getUid()
                || a.getGid() != b.getGid()
                || !a.getXattrs().equals(b.getXattrs())) {
            return Optional.of(Kind.DESCRIBED);
        }
        // A directory's time says that an entry came or went, which is said of the entry.
        return a.getMtimeNanos() != b.getMtimeNanos() && b.getType() != FileType.DIRECTORY
                ? Optional.of(Kind.TOUCHED)
                : Optional.empty();
    }

    private static boolean isWhiteout(Entry entry) {
        return entry.meta().getType() == FileType.WHITEOUT;
    }

    private static long size(Entry entry) {
        return entry.meta().getSize();
    }
}
