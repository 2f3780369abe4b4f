package io.rewind.encoder.map;

import static io.rewind.encoder.map.PointFault.require;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.SpaceDigest;
import io.rewind.event.StreamKind;
import io.rewind.event.Xattr;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.BlockDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The streams that one point changes. Entries of file trees stay in the order they came, for removals and parents come
 * first; what is removed and made again appears twice. For one thread.
 */
public final class PointMap {
    private static final long META_BYTES = 200;
    private static final long XATTR_BYTES = 160;

    private final Footprint footprint;
    private final ChunkTable chunks;
    private final Map<String, PointStream> images = new LinkedHashMap<>();
    private final Map<String, PointStream> spaces = new LinkedHashMap<>();
    private final List<PointStream> entries = new ArrayList<>();
    private final Map<EntryKey, PointStream> present = new HashMap<>();

    private record EntryKey(StreamKind kind, String tree, ByteBuffer path) {}

    public PointMap(Footprint footprint) {
        this.footprint = footprint;
        this.chunks = new ChunkTable(footprint);
    }

    public ChunkTable chunks() {
        return chunks;
    }

    /** A space of memory, by its name. */
    public PointStream space(String name) {
        return named(spaces, StreamKind.MEMORY, name);
    }

    /**
     * A piece of an image file. @throws Fault POINT_MALFORMED when it contradicts an earlier piece or lies outside
     */
    public PointStream image(String name, long size, ByteBuffer digest, long offset, int length) {
        require(digest.remaining() == BlockDigest.BYTES, "an image's digest has 16 bytes");
        require(
                offset >= 0 && offset <= size && length <= size - offset,
                "a piece of image " + name + " lies outside of it");
        PointStream stream = named(images, StreamKind.IMAGE, name);
        boolean begins = stream.digest.remaining() == 0;
        require(
                begins || (stream.size == size && stream.digest.equals(digest)),
                "two pieces of image " + name + " disagree about the whole");
        stream.size = size;
        stream.digest = digest;
        stream.covered += length;
        return stream;
    }

    private PointStream named(Map<String, PointStream> streams, StreamKind kind, String name) {
        require(!name.isEmpty(), "a stream without a name");
        return streams.computeIfAbsent(name, n -> {
            ByteBuffer bytes = ByteBuffer.wrap(n.getBytes(StandardCharsets.UTF_8));
            return new PointStream(kind, "", bytes, false, footprint);
        });
    }

    /** An entry of a file tree as it is now; empty: it is gone, with everything below it. */
    public void change(StreamKind kind, String tree, ByteBuffer path, Optional<FileMeta> meta) {
        EntryKey key = new EntryKey(kind, tree, path);
        if (meta.isEmpty()) {
            present.remove(key);
            entries.add(new PointStream(kind, tree, path, true, footprint));
            return;
        }
        footprint.add(bytes(meta.get()));
        PointStream entry = present.computeIfAbsent(key, k -> {
            PointStream added = new PointStream(kind, tree, path, false, footprint);
            entries.add(added);
            return added;
        });
        entry.meta = meta;
    }

    private static long bytes(FileMeta meta) {
        long bytes = META_BYTES + meta.getTarget().remaining();
        for (Xattr xattr : meta.getXattrs()) {
            bytes +=
                    XATTR_BYTES + xattr.getName().remaining() + xattr.getValue().remaining();
        }
        return bytes;
    }

    /** The file whose content follows. @throws Fault POINT_MALFORMED unless this point said before what it is */
    public PointStream file(StreamKind kind, String tree, ByteBuffer path) {
        PointStream entry = present.get(new EntryKey(kind, tree, path));
        if (entry == null
                || entry.meta.filter(m -> m.getType() == FileType.FILE).isEmpty()) {
            throw PointFault.POINT_MALFORMED.because("content of an entry that this point did not call a file");
        }
        return entry;
    }

    /**
     * What the memory consists of as a whole. Every space is named afterwards, changed or not; a space of which only
     * removals came and which is not listed is removed.
     *
     * @throws Fault POINT_MALFORMED when the list does not fit what came, or an image is not whole
     */
    public void complete(List<SpaceDigest> whole) {
        Map<String, PointStream> changed = new HashMap<>(spaces);
        for (SpaceDigest digest : whole) {
            require(digest.getDigest().remaining() == BlockDigest.BYTES, "a space's digest has 16 bytes");
            require(digest.getPages() >= 0, "a space of fewer than no pages");
            PointStream stream = space(digest.getSpace());
            stream.size = digest.getPages();
            stream.digest = digest.getDigest();
            changed.remove(digest.getSpace());
        }
        changed.forEach((name, stream) -> {
            require(stream.runs.onlyGone(), "pages were written to space " + name + ", which is not there");
            PointStream gone = new PointStream(StreamKind.MEMORY, "", stream.name, true, footprint);
            spaces.put(name, gone);
        });
        images.forEach((name, image) -> require(image.covered == image.size, "image " + name + " is not whole"));
    }

    /** Images, spaces, then the entries of trees in order. */
    Stream<PointStream> streams() {
        return Stream.of(images.values(), spaces.values(), entries).flatMap(c -> c.stream());
    }
}
