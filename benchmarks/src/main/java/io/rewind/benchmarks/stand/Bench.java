package io.rewind.benchmarks.stand;

import io.rewind.cli.client.CallFault;
import io.rewind.cli.client.Captures;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.client.Session;
import io.rewind.cli.client.Watches;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Cleanup;
import io.rewind.cli.stand.DiskUse;
import io.rewind.cli.stand.OwnNode;
import io.rewind.event.PointCommitted;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.ContainerName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A node of its own and what a person would ask of it. Everything is taken away when this is closed. One thread. */
public final class Bench implements AutoCloseable {
    /** Full points of many gibibytes among them: how long one takes is a figure, not a reason to break off. */
    private static final Duration CAPTURE_LIMIT = Duration.ofMinutes(15);

    private final Cleanup cleanup;
    private final OwnNode own;
    private final Session session;
    private final PointLog points;

    private Bench(Cleanup cleanup, OwnNode own) {
        this.cleanup = cleanup;
        this.own = own;
        this.session = new Session(own.node().file().bootstrap());
        this.points = new PointLog(own.node().file().bootstrap());
    }

    /** @param settings HOCON for the node, over the reference settings */
    public static Bench open(Terminal terminal, String settings) {
        Cleanup cleanup = new Cleanup();
        try {
            return new Bench(cleanup, OwnNode.start(terminal, "io.rewind.cli.Main", "bench", settings, cleanup));
        } catch (RuntimeException e) {
            cleanup.close();
            throw e;
        }
    }

    /** Of the process that is broker, encoder, store and agent at once. */
    public CpuTime cpu() {
        return CpuTime.of(own.node().file().pid());
    }

    public PointLog points() {
        return points;
    }

    public Session session() {
        return session;
    }

    public Cleanup cleanup() {
        return cleanup;
    }

    /** A folder of this bench's own. */
    public Path folder() {
        return own.path();
    }

    /** What the store has on disk, everything counted. */
    public long storedOnDisk() {
        return DiskUse.of(own.folder().path().resolve("store"));
    }

    public void watch(String container, Duration interval) {
        new Watches(session).watch(new ContainerName(container), "", interval);
    }

    public void unwatch(String container) {
        new Watches(session).unwatch(new ContainerName(container), "");
    }

    /** Returns once it is durable. */
    public PointCommitted capture(String container) {
        return new Captures(session).now(new ContainerName(container), "", CAPTURE_LIMIT);
    }

    /** Returns when all that was under way for the container is stored, or recorded as a gap. */
    public void settle(String container) {
        try {
            capture(container);
        } catch (Fault e) {
            if (e.code() != CallFault.CAPTURE_MISSED) {
                throw e;
            }
        }
    }

    /** Returns when it runs. @throws Fault RESTORE_FAILED */
    public void restore(String container, String point) {
        requireRunning(new Restores(session).run(inPlace(container, point), news -> {}));
    }

    /**
     * Returns when all of its memory is there, too.
     *
     * @param each hears what the restore service tells, among it that the container runs
     * @throws Fault RESTORE_FAILED
     */
    public RestoreProgress restoreWhole(String container, String point, Consumer<RestoreProgress> each) {
        return requireRunning(new Restores(session).runUntilWhole(inPlace(container, point), each));
    }

    /** From the request until all memory was there. */
    public static Duration untilWhole(RestoreProgress end) {
        return Duration.ofMillis(end.getRequestMillis() - end.getRunningMillis() + end.getMemoryMillis());
    }

    private static RestoreOrder inPlace(String container, String point) {
        return RestoreOrder.inPlace(new ContainerName(container), PointChoice.byId(point));
    }

    private static RestoreProgress requireRunning(RestoreProgress last) {
        if (last.getState() != RestoreState.RUNNING) {
            throw new Fault(
                    BenchFault.RESTORE_FAILED, Severity.REJECTED, last.getMessage() + " (" + last.getCode() + ")");
        }
        return last;
    }

    @Override
    public void close() {
        points.close();
        session.close();
        cleanup.close();
    }
}
