package io.rewind.capture.point;

import io.rewind.capture.files.KnownTree;
import io.rewind.capture.tracker.PageTable;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.schemas.id.PointId;
import java.util.Map;
import java.util.Optional;

/** The last point that was published whole, as far as the next one is compared with it. */
public record Baseline(PointId point, String startedAt, Map<String, Space> spaces, Map<String, KnownTree> trees) {
    public Baseline {
        spaces = Map.copyOf(spaces);
        trees = Map.copyOf(trees);
    }

    /** @param process whose memory it is, empty for shared memory: a later one may have got the same name */
    public record Space(Optional<ProcessKey> process, PageTable pages) {}

    /** What the point has of a process. */
    PageTable of(ProcessKey process) {
        return spaces.values().stream()
                .filter(space -> space.process().filter(process::equals).isPresent())
                .map(Space::pages)
                .findFirst()
                .orElse(PageTable.EMPTY);
    }
}
