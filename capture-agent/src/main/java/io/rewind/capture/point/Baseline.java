package io.rewind.capture.point;

import io.rewind.capture.files.KnownTree;
import io.rewind.capture.tracker.PageTable;
import io.rewind.schemas.id.PointId;
import java.util.Map;

/** The last point that was published whole, as far as the next one is compared with it. */
public record Baseline(PointId point, String startedAt, Map<String, Space> spaces, KnownTree upper) {
    public Baseline {
        spaces = Map.copyOf(spaces);
    }

    /** @param startTime of the process, which tells it from a later one of the same number */
    public record Space(long startTime, PageTable pages) {}
}
