package io.rewind.capture.publish;

import io.rewind.capture.point.SpaceDelta;
import io.rewind.capture.staging.Staging;
import io.rewind.event.PageDelta;
import io.rewind.event.Run;
import io.rewind.schemas.content.Block;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Changed and removed pages as records. */
final class PageRecords {
    /** Pages a record: their content, and in the worst case a run each, fit into one. */
    static final int PAGES = 220;
    /** Runs of removed pages a record; each takes at most 15 bytes. */
    static final int REMOVED_RUNS = 20_000;

    private PageRecords() {}

    static void send(
            PointPublisher.Sequence sequence, String timeline, String point, SpaceDelta space, Staging staging) {
        List<Run> removed = space.removed();
        for (int from = 0; from < removed.size(); from += REMOVED_RUNS) {
            List<Run> part = removed.subList(from, Math.min(removed.size(), from + REMOVED_RUNS));
            sequence.send(number ->
                    new PageDelta(timeline, point, number, space.name(), part, List.of(), ByteBuffer.allocate(0)));
        }
        long[] pages = space.written();
        byte[] content = new byte[Math.min(PAGES, pages.length) * Block.SIZE];
        for (int from = 0; from < pages.length; from += PAGES) {
            int count = Math.min(PAGES, pages.length - from);
            for (int i = 0; i < count; i++) {
                staging.read(space.staged()[from + i], content, i * Block.SIZE, Block.SIZE);
            }
            List<Run> runs = runs(pages, from, count);
            sequence.send(number -> new PageDelta(
                    timeline,
                    point,
                    number,
                    space.name(),
                    List.of(),
                    runs,
                    ByteBuffer.wrap(content, 0, count * Block.SIZE)));
        }
    }

    private static List<Run> runs(long[] pages, int from, int count) {
        List<Run> runs = new ArrayList<>();
        int begin = from;
        for (int i = from + 1; i <= from + count; i++) {
            if (i == from + count || pages[i] != pages[i - 1] + 1) {
                runs.add(new Run(pages[begin], i - begin));
                begin = i;
            }
        }
        return runs;
    }
}
