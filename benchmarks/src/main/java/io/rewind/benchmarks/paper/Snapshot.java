package io.rewind.benchmarks.paper;

import io.rewind.event.FileMeta;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.content.Block;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What one and the same instant takes as a snapshot of each kind, in bytes.
 *
 * @param full every page that is there, every file of the upper directory, the process images
 * @param dirty pages written since the snapshot before, be it to the same content, and file blocks that changed, all raw,
 *     and the process images
 * @param rewind what the store's disk took for it
 */
record Snapshot(long full, long dirty, long rewind) {

    /** By what the store has of the point: sizes of the real streams, none estimated. */
    static Snapshot of(TimelineClient client, PointCommitted point) {
        PointHeader header = point.getHeader();
        Map<String, Long> sizes = new HashMap<>();
        client.point(header.getTimeline(), header.getPoint()).streams(part -> {
            StreamChange change = part.change();
            // A stream of many runs comes in several parts, each with the size of the whole.
            String name = StandardCharsets.ISO_8859_1
                    .decode(change.getName().duplicate())
                    .toString();
            sizes.put(change.getKind() + "/" + change.getTree() + "/" + name, size(change));
        });
        long full = sizes.values().stream().mapToLong(Long::longValue).sum();
        long same = (header.getWrittenPages() - header.getChangedPages()) * Block.SIZE;
        return new Snapshot(full, header.getRawBytes() + same, point.getStoredBytes());
    }

    private static long size(StreamChange change) {
        if (change.getKind() == StreamKind.MEMORY) {
            return change.getSize() * Block.SIZE;
        }
        return change.getMeta().map(FileMeta::getSize).orElse(change.getSize());
    }

    Snapshot plus(Snapshot other) {
        return new Snapshot(full + other.full, dirty + other.dirty, rewind + other.rewind);
    }
}
