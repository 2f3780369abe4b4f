package io.rewind.schemas.client;

import com.google.protobuf.ByteString;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.read.PointQuery;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which streams of a point to read.
 *
 * @param kinds at least one
 * @param tree the volume; empty: every tree, or streams that are in none
 * @param name with one kind: the stream of this name, what lies below it, and what it lies in; empty: all
 * @param runs whether to hear where the content lies, too
 */
public record Selection(Set<StreamKind> kinds, String tree, ByteString name, boolean runs) {
    public static final Selection ALL = new Selection(EnumSet.allOf(StreamKind.class), "", ByteString.EMPTY, true);

    private static final ByteString SLASH = ByteString.copyFromUtf8("/");

    public Selection {
        kinds = Set.copyOf(kinds);
        if (kinds.isEmpty() || (kinds.size() > 1 && !(name.isEmpty() && tree.isEmpty()))) {
            throw new IllegalArgumentException("a tree and a name go with one kind, not with " + kinds);
        }
    }

    public static Selection of(StreamKind kind) {
        return new Selection(Set.of(kind), "", ByteString.EMPTY, true);
    }

    /** @param name a path of the tree, or the name of an image or space; empty: all of the tree */
    public static Selection of(StreamKind kind, String tree, byte[] name) {
        return new Selection(Set.of(kind), tree, ByteString.copyFrom(name), true);
    }

    public Selection withoutRuns() {
        return new Selection(kinds, tree, name, false);
    }

    /** Whether the stream is one of those. */
    public boolean has(StreamChange stream) {
        return kinds.contains(stream.getKind())
                && (tree.isEmpty() || tree.equals(stream.getTree()))
                && (name.isEmpty()
                        || isNear(ByteString.copyFrom(stream.getName().duplicate())));
    }

    private boolean isNear(ByteString other) {
        return other.isEmpty()
                || other.equals(name)
                || other.startsWith(name.concat(SLASH))
                || name.startsWith(other.concat(SLASH));
    }

    /** The same question, narrowed. */
    PointQuery of(PointQuery query) {
        PointQuery.Builder narrowed =
                query.toBuilder().setTree(tree).setName(name).setWithoutRuns(!runs);
        if (kinds.size() < StreamKind.values().length) {
            kinds.forEach(kind -> narrowed.addKinds(kind.name()));
        }
        return narrowed.build();
    }
}
