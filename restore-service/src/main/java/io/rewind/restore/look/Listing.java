package io.rewind.restore.look;

import io.rewind.event.FileType;
import io.rewind.event.StreamKind;
import io.rewind.restore.points.StoredPoint;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.client.Selection;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** The entries of a place in a point, as they come from the store. For one listing. */
public final class Listing {
    private final Spot spot;
    private final boolean recursive;
    private final Consumer<Entry> taker;
    private boolean found;
    private boolean deleted;
    private Optional<Entry> last = Optional.empty();

    private Listing(Spot spot, boolean recursive, Consumer<Entry> taker) {
        this.spot = spot;
        this.recursive = recursive;
        this.taker = taker;
    }

    /**
     * A directory's entries, or the one entry that is none.
     *
     * @param recursive with all that lies below; for the root with the volumes
     * @throws io.rewind.runtime.fault.Fault FILE_UNKNOWN when the point has nothing there
     */
    public static void of(StoredPoint point, Spot spot, boolean recursive, Consumer<Entry> taker) {
        Listing listing = new Listing(spot, recursive, taker);
        point.streams(spot.selection().withoutRuns(), part -> listing.take(Entry.of(part.change())));
        if (!listing.found) {
            throw absent(spot, listing.deleted);
        }
        if (recursive && spot.kind() == StreamKind.UPPER && spot.name().length == 0) {
            all(point, StreamKind.VOLUME, taker);
        }
    }

    /** Every entry of the trees of a kind. */
    public static void all(StoredPoint point, StreamKind kind, Consumer<Entry> taker) {
        point.streams(Selection.of(kind).withoutRuns(), part -> taker.accept(Entry.of(part.change())));
    }

    private void take(Entry entry) {
        byte[] path = entry.path();
        boolean again = last.filter(l -> Arrays.equals(l.path(), path)).isPresent();
        last = Optional.of(entry);
        if (again) {
            return;
        }
        if (Arrays.equals(path, spot.name())) {
            found = true;
            if (entry.meta().getType() != FileType.DIRECTORY) {
                taker.accept(entry);
            }
        } else if (path.length < spot.name().length) {
            deleted |= entry.meta().getType() == FileType.WHITEOUT;
        } else if (recursive || Arrays.equals(PosixPath.parent(path), spot.name())) {
            taker.accept(entry);
        }
    }

    static RuntimeException absent(Spot spot, boolean deleted) {
        String shown = spot.shown();
        return LookFault.FILE_UNKNOWN.because(
                deleted
                        ? shown + " was deleted at that point."
                        : spot.kind() == StreamKind.VOLUME
                                ? "The point has no " + shown + "; was " + spot.tree() + " captured with it?"
                                : "The point has no " + shown
                                        + " of its own: only what changed since the image is kept, "
                                        + "the image has the rest.");
    }
}
