package io.rewind.restore.look;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.PointCommitted;
import io.rewind.event.StreamChange;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.points.StoredPoint;
import io.rewind.schemas.client.Selection;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** The last point before a file, or anything in a directory, changed: content, description, being there at all. */
public final class LastChange {
    private LastChange() {}

    /**
     * Goes back from the newest point to the first one that has it in another state.
     *
     * @throws io.rewind.runtime.fault.Fault CONTAINER_UNKNOWN, PATH_INVALID, NEVER_CHANGED
     */
    public static Moment before(PointSource source, ContainerName container, String path) {
        List<PointCommitted> points =
                source.points(Moment.timelines(source, container).getFirst());
        byte[] state = state(Moment.of(source, points.getLast()).point(), path);
        for (PointCommitted committed : points.reversed().subList(1, points.size())) {
            Moment older = Moment.of(source, committed);
            if (!Arrays.equals(state(older.point(), path), state)) {
                return older;
            }
        }
        throw LookFault.NEVER_CHANGED.because("All " + points.size() + " points of " + container + " have the same "
                + path + "; what came after the last of them is not known.");
    }

    /** A digest of all that the point says about the path. */
    private static byte[] state(StoredPoint point, String path) {
        Spot spot = Spot.of(path, point.spec());
        MessageDigest digest = sha256();
        point.streams(spot.selection().withoutRuns(), part -> {
            StreamChange stream =
                    StreamChange.newBuilder(part.change()).setRuns(List.of()).build();
            FileMeta meta = Entry.of(stream).meta();
            boolean above = stream.getName().remaining() < spot.name().length;
            if (above && meta.getType() == FileType.DIRECTORY) {
                // What else changed in it is no change of the path; whether it hides the image's directory is.
                digest.update(Integer.toString(meta.getXattrs().hashCode()).getBytes(StandardCharsets.US_ASCII));
            } else {
                digest.update(Wire.encode(stream));
            }
            if (meta.getType() == FileType.HARDLINK) {
                carrier(point, stream, meta.getTarget(), digest);
            }
        });
        return digest.digest();
    }

    private static void carrier(StoredPoint point, StreamChange link, ByteBuffer target, MessageDigest digest) {
        Selection selection = Selection.of(link.getKind(), link.getTree(), Entry.bytes(target));
        point.streams(selection.withoutRuns(), part -> {
            if (part.change().getName().equals(target)) {
                digest.update(part.change()
                        .getMeta()
                        .map(FileMeta::getDigest)
                        .orElse(ByteBuffer.allocate(0))
                        .duplicate());
            }
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
