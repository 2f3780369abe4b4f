package io.rewind.restore.reuse;

import io.rewind.restore.fetch.Held;
import io.rewind.restore.fetch.Holder;
import io.rewind.restore.fetch.MemorySink;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.time.TimeLine;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.TaskTree;
import io.rewind.schemas.id.PointId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds what the processes of a container have unchanged since its present was captured. Asked by one thread. */
public final class LiveMemory implements Holder {
    private static final Logger log = LoggerFactory.getLogger(LiveMemory.class);

    private final CompletableFuture<Optional<PointId>> present;
    private final Function<PointId, Map<String, PageRanges>> unlike;
    private final int firstPid;
    private final TimeLine time;
    private Optional<Known> known = Optional.empty();

    /** What is known of the container. */
    private record Known(Map<String, PageRanges> unlike, Map<Integer, ProcessKey> processes) {}

    /**
     * @param present comes when it is committed; from then on nobody may protect pages anew
     * @param unlike pages, by their space, that the present has elsewhere than the point
     * @param firstPid of the container, on this host
     */
    public LiveMemory(
            CompletableFuture<Optional<PointId>> present,
            Function<PointId, Map<String, PageRanges>> unlike,
            int firstPid,
            TimeLine time) {
        this.present = present;
        this.unlike = unlike;
        this.firstPid = firstPid;
        this.time = time;
    }

    @Override
    public boolean isReady() {
        return present.state() == Future.State.SUCCESS && present.resultNow().isPresent();
    }

    @Override
    public Held take(PlannedStream stream, PageRanges wanted, MemorySink sink) {
        String space = stream.text();
        try {
            Known all = known();
            // A shared segment has no process to its name.
            Optional<ProcessKey> process = all.processes.entrySet().stream()
                    .filter(entry -> entry.getKey().toString().equals(space))
                    .map(Map.Entry::getValue)
                    .findFirst();
            PageRanges alike = wanted.minus(all.unlike.getOrDefault(space, PageRanges.EMPTY));
            if (process.isEmpty() || alike.isEmpty()) {
                return Held.NOTHING;
            }
            return LiveSpace.take(process.get(), alike, sink, time);
        } catch (IOException | ErrnoException | UnsupportedOperationException | Fault e) {
            log.info("nothing is taken from the running process {}: {}", space, e.getMessage());
            return Held.NOTHING;
        }
    }

    private Known known() throws IOException {
        if (known.isEmpty()) {
            Map<String, PageRanges> elsewhere = time.of(
                    "compare maps", () -> unlike.apply(present.resultNow().orElseThrow()));
            known = Optional.of(new Known(elsewhere, TaskTree.below(firstPid).byInnerPid()));
        }
        return known.get();
    }
}
