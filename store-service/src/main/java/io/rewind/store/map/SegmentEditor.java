package io.rewind.store.map;

import io.rewind.store.tree.NodeSink;
import io.rewind.store.tree.TreeEditor;
import java.util.Optional;

/** Changes blocks, holding the segment touched last open: runs mostly come in order. */
final class SegmentEditor {
    private record Open(StreamKey stream, long number, Segment segment) {}

    private final NodeSink nodes;
    private final TreeEditor editor;
    private Optional<Open> open = Optional.empty();

    SegmentEditor(NodeSink nodes, TreeEditor editor) {
        this.nodes = nodes;
        this.editor = editor;
    }

    void set(StreamKey stream, long first, long count, Place place) {
        long end = first + count;
        for (long at = first; at < end; ) {
            long number = at / Segment.BLOCKS;
            int from = (int) (at % Segment.BLOCKS);
            if (place instanceof Place.Absent && from == 0 && end - at >= Segment.BLOCKS) {
                // Whole segments at once: a hole can be as large as a file system allows.
                putBack();
                long whole = (end - at) / Segment.BLOCKS;
                removeSegments(stream, number, number + whole);
                at += whole * Segment.BLOCKS;
                continue;
            }
            int here = (int) Math.min(end - at, Segment.BLOCKS - from);
            segment(stream, number).set(from, here, place.next((int) (at - first)));
            at += here;
        }
    }

    /** Nothing lies at or after block {@code blocks}. */
    void truncate(StreamKey stream, long blocks) {
        putBack();
        int kept = (int) (blocks % Segment.BLOCKS);
        long number = blocks / Segment.BLOCKS;
        editor.removeRange(stream.segment(kept == 0 ? number : number + 1), stream.end());
        if (kept != 0 && editor.get(stream.segment(number)).isPresent()) {
            segment(stream, number).set(kept, Segment.BLOCKS - kept, Place.ABSENT);
        }
    }

    private void removeSegments(StreamKey stream, long from, long to) {
        if (to - from == 1) {
            editor.remove(stream.segment(from));
        } else {
            editor.removeRange(stream.segment(from), stream.segment(to));
        }
    }

    private Segment segment(StreamKey stream, long number) {
        if (open.isPresent() && open.get().number == number && open.get().stream.equals(stream)) {
            return open.get().segment;
        }
        putBack();
        Segment segment = editor.get(stream.segment(number))
                .map(value -> SegmentValue.open(value, nodes))
                .orElseGet(Segment::new);
        open = Optional.of(new Open(stream, number, segment));
        return segment;
    }

    /** Puts the open segment back. */
    void putBack() {
        open.ifPresent(last -> {
            byte[] key = last.stream.segment(last.number);
            if (last.segment.present() == 0) {
                editor.remove(key);
            } else {
                editor.put(key, SegmentValue.of(last.segment, nodes));
            }
        });
        open = Optional.empty();
    }
}
