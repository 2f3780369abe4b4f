package io.rewind.restore.look;

import io.rewind.event.StreamChange;
import io.rewind.restore.points.PointSource;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file or a directory of a point with all that lies below, content and all. */
public final class Extraction {
    private Extraction() {}

    /**
     * @param scratch a folder for what does not stay
     * @throws io.rewind.runtime.fault.Fault FILE_UNKNOWN when the point has nothing there; POINT_DAMAGED, and the sink is
     *     then in the middle
     */
    public static void pour(PointSource source, Moment moment, Spot spot, Path scratch, StreamSink sink) {
        AtomicBoolean found = new AtomicBoolean();
        Contents.pour(
                source,
                moment,
                spot.selection(),
                stream -> {
                    boolean wanted = isWithin(stream, spot);
                    if (wanted) {
                        Entry.of(stream);
                        found.set(true);
                    }
                    return wanted;
                },
                scratch,
                sink);
        if (!found.get()) {
            throw Listing.absent(spot, false);
        }
    }

    /** Of what lies around the spot, not what it lies in. */
    private static boolean isWithin(StreamChange stream, Spot spot) {
        return stream.getName().remaining() >= spot.name().length;
    }
}
