package io.rewind.restore.plan;

import io.rewind.criu.ImageNames;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.posix.PathRefused;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.content.BlockDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the streams of a point may be called and be (I9): each once, below a directory that came before it. */
final class StreamRules {
    /** Pages of five-level addresses. */
    static final long MAX_BLOCK = 1L << 51;

    private static final int MAX_PATH = 64 << 10;
    private static final int PERMISSIONS = 0xfff;

    /** An entry's place: stored data names volumes, which are looked up, and paths, which are checked. */
    private record Place(String tree, ByteBuffer path) {}

    private final Map<Place, FileType> entries = new HashMap<>();
    private final Map<String, StreamKind> others = new HashMap<>();
    private final List<Place> hardLinkTargets = new ArrayList<>();

    /** The entry of a tree, as its meta describes it. */
    PlannedStream entry(byte[] path, StreamChange change) {
        FileMeta meta = change.getMeta().orElseThrow(() -> refused(path, "has no description"));
        return new PlannedStream(
                change.getKind(),
                change.getTree(),
                path,
                change.getMeta(),
                meta.getSize(),
                BlockDigest.read(meta.getDigest()));
    }

    void check(PlannedStream stream) {
        if (stream.size() < 0) {
            throw refused(stream.name(), "has a negative size");
        }
        if (stream.tree().isEmpty() == (stream.kind() == StreamKind.VOLUME)) {
            throw refused(stream.name(), "is in no tree of its kind");
        }
        switch (stream.kind()) {
            case MEMORY -> once(stream, ImageNames.pageMap(stream.text()));
            case IMAGE -> once(stream, ImageNames.requireAllowed(stream.text()));
            case UPPER, VOLUME ->
                entry(stream.tree(), stream.name(), stream.meta().orElseThrow());
        }
    }

    /** What can only be known when all streams came. */
    void finish() {
        for (Place target : hardLinkTargets) {
            FileType type = entries.get(target);
            if (type == null || type == FileType.DIRECTORY || type == FileType.HARDLINK) {
                throw refused(target.path().array(), "is no entry that another could be a further name of");
            }
        }
    }

    /** Those of which an entry came. */
    Set<String> trees() {
        return entries.keySet().stream().map(Place::tree).collect(Collectors.toSet());
    }

    private void once(PlannedStream stream, String file) {
        if (others.put(stream.kind() + " " + file, stream.kind()) != null) {
            throw refused(stream.name(), "comes twice");
        }
    }

    private void entry(String tree, byte[] path, FileMeta meta) {
        if (path.length > MAX_PATH) {
            throw refused(new byte[0], "has a path that is too long");
        }
        FileType type = meta.getType();
        if (path.length == 0 ? type != FileType.DIRECTORY : !below(tree, path)) {
            throw refused(path, "does not lie in a directory of the tree");
        }
        if (entries.put(new Place(tree, ByteBuffer.wrap(path)), type) != null) {
            throw refused(path, "comes twice");
        }
        if (meta.getUid() == -1 || meta.getGid() == -1 || (meta.getMode() & ~PERMISSIONS) != 0) {
            throw refused(path, "has an owner or a mode that no file has");
        }
        if (type != FileType.FILE && meta.getSize() != 0) {
            throw refused(path, "is no file but has a size");
        }
        target(tree, path, type, meta);
        XattrRules.check(path, meta.getXattrs());
    }

    private boolean below(String tree, byte[] path) {
        try {
            PosixPath.requireRelative(path);
        } catch (PathRefused e) {
            throw RestoreCode.POINT_REFUSED.because("The point has an entry " + e.getMessage() + ".", e);
        }
        return entries.get(new Place(tree, ByteBuffer.wrap(PosixPath.parent(path)))) == FileType.DIRECTORY;
    }

    private void target(String tree, byte[] path, FileType type, FileMeta meta) {
        byte[] target = new byte[meta.getTarget().remaining()];
        meta.getTarget().duplicate().get(target);
        switch (type) {
            case SYMLINK -> {
                if (target.length == 0 || target.length > 4095 || contains(target, 0)) {
                    throw refused(path, "is a link with a text that no link has");
                }
            }
            case HARDLINK -> hardLinkTargets.add(new Place(tree, ByteBuffer.wrap(target)));
            case FILE, DIRECTORY, FIFO, SOCKET, WHITEOUT -> {}
        }
    }

    private static boolean contains(byte[] bytes, int wanted) {
        for (byte b : bytes) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    static Fault refused(byte[] name, String why) {
        return RestoreCode.POINT_REFUSED.because(
                "The point is refused: \"" + PosixPath.display(name) + "\" " + why + ".");
    }
}
