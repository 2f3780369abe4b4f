package io.rewind.store;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a point holds, as simply as it can be said. */
final class ModelState {
    /** A stream's name; sorts as text. */
    record Name(StreamKind kind, String tree, String path) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            return toString().compareTo(other.toString());
        }

        boolean isBelow(Name directory) {
            return kind == directory.kind
                    && tree.equals(directory.tree)
                    && !path.isEmpty()
                    && (directory.path.isEmpty() || path.startsWith(directory.path + "/"));
        }
    }

    /** @param blocks content by block; 0 is a zero page */
    record Stream(FileType type, long size, TreeMap<Long, Long> blocks) {
        FileMeta meta() {
            return FileMeta.newBuilder()
                    .setType(type)
                    .setMode(0644)
                    .setUid(0)
                    .setGid(0)
                    .setMtimeNanos(size)
                    .setSize(type == FileType.FILE ? size : 0)
                    .setTarget(ByteBuffer.allocate(0))
                    .setXattrs(List.of())
                    .setDigest(ByteBuffer.allocate(0))
                    .build();
        }
    }

    final TreeMap<Name, Stream> streams = new TreeMap<>();

    ModelState copy() {
        ModelState copy = new ModelState();
        streams.forEach((name, s) -> copy.streams.put(name, new Stream(s.type, s.size, new TreeMap<>(s.blocks))));
        return copy;
    }

    void remove(Name name) {
        streams.keySet().removeIf(other -> other.equals(name) || other.isBelow(name));
    }

    List<Name> names(StreamKind kind) {
        return new ArrayList<>(
                streams.keySet().stream().filter(n -> n.kind() == kind).toList());
    }

    /** One line a stream: all that must come back. */
    Map<String, String> told() {
        Map<String, String> told = new TreeMap<>();
        streams.forEach((name, s) -> told.put(name.toString(), line(name.kind(), s.type, s.size, s.blocks)));
        return told;
    }

    static String line(StreamKind kind, FileType type, long size, Map<Long, Long> blocks) {
        boolean file = kind == StreamKind.UPPER || kind == StreamKind.VOLUME;
        return (file ? type + " " : "") + size + " " + new TreeMap<>(blocks);
    }
}
