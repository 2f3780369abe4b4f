package io.rewind.capture.point;

import io.rewind.capture.tracker.PageTable;
import io.rewind.event.Run;
import io.rewind.runtime.process.ProcessKey;
import java.util.List;
import java.util.Optional;

/**
 * What changed in one space.
 *
 * @param written page numbers, ascending; {@code staged} says where each one's content lies
 * @param looked pages that may have been written, and so were compared
 * @param after empty (no page) when the space is gone
 */
@SuppressWarnings("ArrayRecordComponent") // a million boxed longs would not do; nobody compares deltas
public record SpaceDelta(
        String name,
        Optional<ProcessKey> process,
        List<Run> removed,
        long[] written,
        long[] staged,
        long looked,
        PageTable after) {}
