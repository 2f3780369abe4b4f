package io.rewind.store.map;

import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.util.List;

/** A stream without its blocks, as the value of an item: a StreamChange that leaves out what the key says. */
final class Description {
    private Description() {}

    static byte[] encode(StreamChange change) {
        return Wire.encode(StreamChange.newBuilder(change)
                .setTree("")
                .setName(ByteBuffer.allocate(0))
                .setRemoved(false)
                .setRuns(List.of())
                .build());
    }

    static StreamChange decode(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return Wire.decode(bytes, StreamChange.class);
    }

    /** How many blocks the stream may have. */
    static long blocks(StreamChange stream) {
        return switch (stream.getKind()) {
            case MEMORY -> Long.MAX_VALUE;
            case IMAGE -> Block.count(stream.getSize());
            case UPPER, VOLUME ->
                stream.getMeta()
                        .filter(meta -> meta.getType() == FileType.FILE)
                        .map(meta -> Block.count(meta.getSize()))
                        .orElse(0L);
        };
    }

    static boolean isDirectory(StreamChange stream) {
        return stream.getMeta().filter(m -> m.getType() == FileType.DIRECTORY).isPresent();
    }
}
