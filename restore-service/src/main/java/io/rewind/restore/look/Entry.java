package io.rewind.restore.look;

import io.rewind.event.FileMeta;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.posix.PathRefused;
import io.rewind.runtime.posix.PosixPath;
import java.nio.ByteBuffer;

/**
 * An entry of one of a point's file trees.
 *
 * @param tree the volume, named by where it is mounted; empty: the upper directory
 * @param path in that tree, "" for its root; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent")
public record Entry(String tree, byte[] path, FileMeta meta) {
    /** @throws io.rewind.runtime.fault.Fault POINT_REFUSED when it has a name that no file can have */
    static Entry of(StreamChange stream) {
        byte[] path = bytes(stream.getName());
        try {
            if (path.length > 0) {
                PosixPath.requireRelative(path);
            }
        } catch (PathRefused e) {
            throw RestoreCode.POINT_REFUSED.because("The point has an entry " + e.getMessage() + ".", e);
        }
        FileMeta meta = stream.getMeta()
                .orElseThrow(() -> RestoreCode.POINT_DAMAGED.because("An entry of the point has no description."));
        return new Entry(stream.getKind() == StreamKind.VOLUME ? stream.getTree() : "", path, meta);
    }

    /** Where the container sees it, safe to be shown: what is no visible UTF-8 as {@code \xNN}. */
    public String shown() {
        return PosixPath.display(PosixPath.of(tree)) + "/" + PosixPath.display(path);
    }

    /** Of a link, safe to be shown. */
    public String shownTarget() {
        return PosixPath.display(bytes(meta.getTarget()));
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
