package io.rewind.capture.point;

import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.PageSink;
import io.rewind.capture.tracker.PageTable;
import io.rewind.event.Run;
import io.rewind.schemas.content.Block;
import java.util.Arrays;
import java.util.List;

/**
 * What changed in one space.
 *
 * @param written page numbers, ascending; {@code staged} says where each one's content lies
 * @param after empty (no page) when the space is gone
 */
@SuppressWarnings("ArrayRecordComponent") // a million boxed longs would not do; nobody compares deltas
public record SpaceDelta(
        String name, long startTime, List<Run> removed, long[] written, long[] staged, PageTable after) {

    /** Stages changed pages as a tracker hands them over. */
    static final class Collector implements PageSink {
        private final Staging staging;
        private long[] pages = new long[1024];
        private long[] positions = new long[1024];
        private int size;

        Collector(Staging staging) {
            this.staging = staging;
        }

        @Override
        public void page(long page, byte[] bytes, int offset) {
            if (size == pages.length) {
                pages = Arrays.copyOf(pages, 2 * size);
                positions = Arrays.copyOf(positions, 2 * size);
            }
            pages[size] = page;
            positions[size] = staging.append(bytes, offset, Block.SIZE);
            size++;
        }

        SpaceDelta delta(String name, long startTime, PageTable before, PageTable after) {
            return new SpaceDelta(
                    name,
                    startTime,
                    before.without(after),
                    Arrays.copyOf(pages, size),
                    Arrays.copyOf(positions, size),
                    after);
        }
    }
}
