package io.rewind.restore.warm;

import io.rewind.event.PointCommitted;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.rebuild.PointRebuild;
import io.rewind.restore.resolve.PointChoice;
import io.rewind.restore.resolve.Subject;
import io.rewind.restore.resolve.Subjects;
import io.rewind.restore.time.TimeLine;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.PointId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once in a service's life, as soon as a container of this host has a point: puts the images and the memory of the newest one
 * together, as a restore would, proves them and throws them away. The first restore is often the only one, and would
 * otherwise wait for classes and compilers; and a point that cannot be put together is told of before it is needed.
 * Ends early when a restore begins. On a thread of its own.
 */
public final class WarmUp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Engine engine;
    private final PointSource points;
    private final Subjects subjects;
    private final PointRebuild rebuild;
    private final Path images;
    private final AtomicLong left;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("warm-up").daemon().unstarted(this::run);

    /** Unwinds a rebuild that has gone far enough. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param bytes after so many, opened, it is enough
     * @param folder the service's own
     */
    public WarmUp(Engine engine, PointSource points, Limits limits, long bytes, Path folder) {
        this.engine = engine;
        this.points = points;
        this.subjects = new Subjects(engine, points);
        // It hardly comes to the disk: what is written is removed at once.
        this.rebuild = new PointRebuild(points, limits, PagesPlace.onDisk(), this::arrived);
        this.left = new AtomicLong(bytes);
        // No journal's.
        this.images = folder.resolve(".warm-up");
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            boolean done = false;
            while (!done && !ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                done = attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("the restore cannot be warmed up", e);
        }
    }

    /** Whether there was a point to put together; what became of it is told. */
    boolean attempt() {
        try {
            return engine.running().stream().anyMatch(this::warmUpWith);
        } catch (Fault e) {
            if (e.severity() == Severity.RETRYABLE) {
                return false;
            }
            throw e;
        }
    }

    private boolean warmUpWith(String container) {
        try {
            Subject subject = subjects.find(container);
            List<PointCommitted> all = points.points(subject.timeline());
            if (!all.isEmpty()) {
                putTogether(subject, PointChoice.newest(all));
            }
            return !all.isEmpty();
        } catch (Fault e) {
            if (e.code() == RestoreCode.POINT_DAMAGED || e.code() == RestoreCode.POINT_REFUSED) {
                log.error("{} could not be restored now: {}", container, e.sentence());
                return true;
            }
            if (e.severity() == Severity.RETRYABLE) {
                throw e;
            }
            // Not captured yet, gone meanwhile, no room.
            log.debug("no warm-up with {}: {}", container, e.sentence());
            return false;
        }
    }

    private void putTogether(Subject subject, PointId point) {
        TimeLine time = new TimeLine();
        rebuild.discard(images);
        try {
            PointPlan plan = time.of("map", () -> rebuild.plan(subject.timeline(), point));
            time.run("rebuild", () -> rebuild.run(subject.timeline(), plan, images, Map.of(), _ -> {}));
        } catch (Enough e) {
            log.debug("the rest of the point is not needed");
        } finally {
            rebuild.discard(images);
        }
        log.info("warmed up with point {} of {}; ms: {}", point.text(), subject.name(), time);
    }

    private void arrived(long bytes) {
        if (left.addAndGet(-bytes) < 0 || ended.getCount() == 0) {
            throw new Enough();
        }
    }

    /** Soon; somebody needs a real one now. */
    public void end() {
        ended.countDown();
    }

    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
