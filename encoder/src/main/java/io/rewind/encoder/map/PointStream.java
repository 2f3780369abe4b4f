package io.rewind.encoder.map;

import io.rewind.event.FileMeta;
import io.rewind.event.StreamKind;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The change of one stream while it is collected. For one thread. */
public final class PointStream {
    /** This object, its list and its share of the table it is in. */
    static final int BYTES = 160;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    final StreamKind kind;
    final String tree;
    final ByteBuffer name;
    final boolean removed;
    final RunList runs;
    Optional<FileMeta> meta = Optional.empty();
    long size;
    ByteBuffer digest = NONE;
    /** IMAGE: bytes that came so far. */
    long covered;

    PointStream(StreamKind kind, String tree, ByteBuffer name, boolean removed, Footprint footprint) {
        this.kind = kind;
        this.tree = tree;
        this.name = name;
        this.removed = removed;
        this.runs = new RunList(footprint);
        footprint.add((long) BYTES + name.remaining());
    }

    public RunList runs() {
        return runs;
    }
}
