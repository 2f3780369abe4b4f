package io.rewind.capture.freeze;

import io.rewind.capture.docker.Container;
import io.rewind.runtime.process.ProcessKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Opens windows: moments in which all of a container stands still. */
public interface Freezer {
    /**
     * Freezes the container. The caller reads, releases, and closes the window in any case.
     *
     * @param limit after which the container runs on whatever happens
     * @throws io.rewind.runtime.fault.Fault DUMP_FAILED, FREEZE_LIMIT, READ_FAILED; the container runs on
     */
    Window freeze(Container container, Duration limit);

    /**
     * Where on the host the container's file trees lie: under "" what it changed of its image, then the volumes that
     * belong to its points, by where it sees them.
     *
     * @throws io.rewind.runtime.fault.Fault READ_FAILED when its root is not an overlay
     */
    Map<String, Path> trees(Container container);

    /**
     * The container's processes on the host, as they are while it runs: some may be gone, others new, a moment later.
     *
     * @throws io.rewind.runtime.fault.Fault READ_FAILED
     */
    List<ProcessKey> processes(Container container);
}
