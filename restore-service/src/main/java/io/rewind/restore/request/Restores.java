package io.rewind.restore.request;

import io.rewind.event.PointLatest;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreRequested;
import io.rewind.event.RestoreState;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.journal.Journal;
import io.rewind.restore.journal.Target;
import io.rewind.restore.time.TimeLine;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.priority.Priority;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.log.LogSubject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores under way: several at a time, of one container one after the other. Thread-safe. */
final class Restores implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Restores.class);

    private final Bench bench;
    private final Semaphore places;
    private final Runnable begins;
    private final Map<String, ReentrantLock> containers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("restore-", 0).factory());

    /**
     * @param atOnce most restores that work at a time; others wait in order of arrival
     * @param begins hears of each restore that is taken up
     */
    Restores(Bench bench, int atOnce, Runnable begins) {
        this.bench = bench;
        this.places = new Semaphore(atOnce, true);
        this.begins = begins;
    }

    /** Finishes or undoes what a service before this one left; returns when all of it is answered. */
    void recover() {
        for (Journal journal : bench.journals().unfinished()) {
            log.info("{}: found at {}", journal.id(), journal.step());
            bench.metrics().begun();
            new Recovery(bench, journal, answers(journal.request())).run();
        }
        bench.journals().damaged().forEach(this::giveUp);
        bench.journals().sweep(bench.clock().instant());
    }

    /** Only the id is left of it: says so, rather than guess what to undo. */
    private void giveUp(RequestId id) {
        RestoreRequested lost = RestoreRequested.newBuilder()
                .setRequest(id.text())
                .setAt(bench.clock().instant())
                .setRequestedBy("")
                .setContainer("")
                .setPoint(new PointLatest(true))
                .setMode(RestoreMode.IN_PLACE)
                .setHost(bench.host())
                .setNewName("")
                .setPorts(List.of())
                .build();
        Answers answers = answers(lost);
        answers.publish(answers.failed(
                RestoreCode.INTERRUPTED,
                "The restore service was stopped in the middle and its journal is damaged; look whether the container"
                        + " runs, or is paused under a name with .rewind- in it."));
        bench.journals().finish(id, true);
    }

    /** Takes a request that names this host. */
    void accept(RestoreRequested request) {
        if (request.getHost().equals(bench.host())) {
            take(request);
        }
    }

    /** Returns when the request is safe in a journal. */
    void take(RestoreRequested request) {
        try {
            RequestId _ = new RequestId(request.getRequest());
            ContainerName _ = new ContainerName(request.getContainer());
        } catch (Fault e) {
            // Nothing can be filed under such a name; asked again it is refused again.
            Answers answers = answers(request);
            answers.publish(answers.failed(e.code(), e.sentence()));
            return;
        }
        bench.journals().begin(request).ifPresent(journal -> {
            bench.metrics().begun();
            Future<?> _ = threads.submit(() -> work(journal));
        });
    }

    private void work(Journal journal) {
        Answers answers = answers(journal.request());
        begins.run();
        places.acquireUninterruptibly();
        // Somebody waits for it.
        try (Priority.Raised _ = Priority.process()) {
            answers.tell(RestoreState.ACCEPTED, 0);
            work(journal, answers);
        } catch (RuntimeException | Error e) {
            // Neither disk nor broker took it: the journal stays, the next start answers.
            log.error("{}: left as it is until the next start", journal.id(), e);
        } finally {
            places.release();
        }
    }

    private void work(Journal journal, Answers answers) {
        TimeLine time = new TimeLine();
        Resolution resolution = new Resolution(bench.policy(), bench.engine(), bench.points());
        Target first;
        try {
            first = time.of(
                    "resolve",
                    () -> resolution.resolve(journal.request(), bench.clock().instant()));
        } catch (RuntimeException e) {
            new Ending(bench, journal, answers).refuse(e);
            return;
        }
        ReentrantLock lock = containers.computeIfAbsent(lockName(first), name -> new ReentrantLock(true));
        lock.lock();
        try {
            Target now;
            try {
                // The restore before this one may have replaced the container.
                now = time.of(
                        "resolve again",
                        () -> resolution.resolve(
                                journal.request(), bench.clock().instant()));
            } catch (RuntimeException e) {
                new Ending(bench, journal, answers).refuse(e);
                return;
            }
            try (LogSubject _ = LogSubject.point(now.timeline(), now.point())) {
                new Restore(bench, journal, answers, time).run(now);
            }
        } finally {
            lock.unlock();
        }
    }

    private static String lockName(Target target) {
        return target.way() == Target.Way.CLONE ? "clone " + target.name() : target.timeline();
    }

    private Answers answers(RestoreRequested request) {
        return new Answers(request, bench.host(), bench.clock(), bench.results());
    }

    /** Waits for what is under way; what does not end in time is taken up at the next start. */
    void close(Duration limit) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("restores are still under way; the next start takes them up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
