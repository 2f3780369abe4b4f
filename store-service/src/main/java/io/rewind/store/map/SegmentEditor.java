package io.rewind.store.map;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Changes blocks, holding the segment touched last open: runs mostly come in order. */
final class SegmentEditor {
    private record Open(StreamKey stream, long number, RowList rows, long covered) {}

    private final Edits edits;
    private Optional<Open> open = Optional.empty();

    SegmentEditor(Edits edits) {
        this.edits = edits;
    }

    void set(StreamKey stream, long first, long count, Place place) {
        long end = first + count;
        for (long at = first; at < end; ) {
            int from = (int) (at % Segment.BLOCKS);
            if (place == Place.Empty.ABSENT && from == 0 && end - at >= Segment.BLOCKS) {
                at += cover(stream, at / Segment.BLOCKS, (end - at) / Segment.BLOCKS);
                continue;
            }
            int here = (int) Math.min(end - at, Segment.BLOCKS - from);
            rows(stream, at / Segment.BLOCKS).set(new Row(from, here, place.next((int) (at - first))));
            at += here;
        }
    }

    /** What was set at or after block {@code blocks} is forgotten. */
    void truncate(StreamKey stream, long blocks) {
        putBack();
        long number = blocks / Segment.BLOCKS;
        long kept = blocks % Segment.BLOCKS;
        edits.drop(stream.segment(kept == 0 ? number : number + 1), stream.end());
        if (kept != 0) {
            byte[] last = stream.segment(number);
            edits.get(last)
                    .map(value -> Segment.decode(ByteBuffer.wrap(value)).clipped(kept))
                    .ifPresent(segment -> edits.put(last, segment.encode()));
        }
    }

    /** Whole segments at once; returns how many blocks they are. */
    private long cover(StreamKey stream, long first, long count) {
        putBack();
        edits.drop(stream.segment(first), stream.segment(first + count));
        edits.put(stream.segment(first), new Segment(List.of(), count).encode());
        return count * Segment.BLOCKS;
    }

    private RowList rows(StreamKey stream, long number) {
        if (open.isPresent() && open.get().number == number && open.get().stream.equals(stream)) {
            return open.get().rows;
        }
        putBack();
        Segment before = edits.get(stream.segment(number))
                .map(value -> Segment.decode(ByteBuffer.wrap(value)))
                .orElse(Segment.EMPTY);
        RowList rows = new RowList();
        before.rows().forEach(rows::append);
        open = Optional.of(new Open(stream, number, rows, before.covered()));
        return rows;
    }

    /** Puts the open segment back. */
    void putBack() {
        open.ifPresent(last ->
                edits.put(last.stream.segment(last.number), new Segment(last.rows.rows(), last.covered).encode()));
        open = Optional.empty();
    }
}
