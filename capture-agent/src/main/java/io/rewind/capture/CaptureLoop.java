package io.rewind.capture;

import io.rewind.capture.docker.Container;
import io.rewind.capture.docker.Engine;
import io.rewind.capture.hook.HookedWork;
import io.rewind.capture.pace.Pace;
import io.rewind.capture.point.Baseline;
import io.rewind.capture.point.Capture;
import io.rewind.capture.preflight.Finding;
import io.rewind.capture.publish.Outage;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.DirtyTracker;
import io.rewind.capture.watch.Incarnations;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.log.LogSubject;
import io.rewind.schemas.topic.EventPublisher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures one container, at its interval and when asked, on a platform thread of its own. All state about the
 * container belongs to that thread; others talk to it through its mailbox.
 */
final class CaptureLoop implements AutoCloseable {
    /**
     * What every loop of an agent shares.
     *
     * @param clock how long a container has run; empty where that cannot be told
     * @param preflight what speaks against capturing a container
     * @param newest the last point of each timeline that is captured here: a restore may put another container there
     */
    record Shared(
            Engine engine,
            Capture.Means means,
            Supplier<DirtyTracker> trackers,
            Supplier<Staging> stagings,
            Incarnations incarnations,
            Semaphore permits,
            CaptureSettings.Policy policy,
            Function<Container, OptionalLong> clock,
            Function<Container, List<Finding>> preflight,
            HookedWork hooks,
            Outage outage,
            ConcurrentMap<TimelineId, Baseline> newest,
            CaptureMetrics metrics) {}

    /** What others may ask of a loop. */
    sealed interface Message {
        /** At the interval, captures begin again when {@code rest} has passed. */
        record Now(String trigger, Duration rest) implements Message {}

        record Interval(Optional<Duration> every) implements Message {}

        record StartOver() implements Message {}

        /** Something happened to the container that no process of it did. */
        record Disturbed() implements Message {}

        /** Something to do with the container while it is not being captured. */
        record Between(Runnable work) implements Message {}

        /** What starts later than {@code since} grows from the point. */
        record BranchFrom(PointId point, Instant since) implements Message {}

        record Stop() implements Message {}
    }

    /**
     * What can be told about a loop from outside.
     *
     * @param intervalMillis as wanted; 0: only on request
     */
    record Status(String container, String name, String timeline, long intervalMillis, String point, String gap) {
        Status every(long millis) {
            return new Status(container, name, timeline, millis, point, gap);
        }

        Status with(String newName, String newPoint, String newGap) {
            return new Status(container, newName, timeline, intervalMillis, newPoint, newGap);
        }
    }

    static final String INTERVAL_TRIGGER = "interval";
    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final Logger log = LoggerFactory.getLogger(CaptureLoop.class);

    private final Shared shared;
    private final String containerId;
    private final TimelineId timeline;
    private final PointMaker maker;
    private final Reports reports;
    private final BlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
    private final Thread thread;

    private Optional<Pace> pace = Optional.empty();
    private Instant due = Instant.now();
    /** Captures at the interval wait until then, for whoever asked for the last one. */
    private Instant restsUntil = Instant.MIN;

    CaptureLoop(Shared shared, Container container, EventPublisher publisher) {
        this.shared = shared;
        this.containerId = container.id();
        this.timeline = container.timeline();
        this.maker = new PointMaker(shared, timeline, publisher);
        this.reports = new Reports(shared, container, publisher);
        this.thread = Thread.ofPlatform().name("capture-" + container.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void tell(Message message) {
        mailbox.add(message);
    }

    TimelineId timeline() {
        return timeline;
    }

    Status status() {
        return reports.status();
    }

    private void run() {
        try (maker;
                LogSubject _ = LogSubject.timeline(timeline.text())) {
            boolean going = true;
            while (going) {
                Optional<Message> message = await();
                if (message.isPresent()) {
                    going = take(message.get());
                } else if (pace.isPresent() && !Instant.now().isBefore(due)) {
                    tick(pace.get());
                } else {
                    reports.send();
                }
                if (!shared.outage().lasts()) {
                    reports.send();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next message; empty when a capture is due, or something is still to be said. */
    private Optional<Message> await() throws InterruptedException {
        long untilDue = pace.isPresent() ? Instant.now().until(due, ChronoUnit.NANOS) : Long.MAX_VALUE;
        long wait = reports.pending() ? Math.min(untilDue, RETRY_NANOS) : untilDue;
        return Optional.ofNullable(mailbox.poll(Math.max(0, wait), TimeUnit.NANOSECONDS));
    }

    private boolean take(Message message) {
        switch (message) {
            case Message.Now now -> {
                capture(now.trigger(), Instant.now());
                restsUntil = Instant.now().plus(now.rest());
                due = due.isBefore(restsUntil) ? restsUntil : due;
            }
            case Message.Interval interval -> {
                reports.interval(interval.every().orElse(Duration.ZERO));
                pace = interval.every()
                        .map(wanted -> Pace.of(wanted, shared.policy().freezePercent()));
                due = Instant.now();
                shared.metrics().interval(status().name(), interval.every().orElse(Duration.ZERO));
            }
            case Message.StartOver startOver -> maker.forget();
            case Message.Disturbed disturbed -> {
                maker.disturbed();
                endRest();
            }
            case Message.Between between -> between.work().run();
            case Message.BranchFrom from -> maker.branchFrom(from);
            case Message.Stop stop -> {
                return false;
            }
        }
        return true;
    }

    /** Whoever asked for it wanted the container as it was then: started anew, it has what that was for behind it. */
    private void endRest() {
        Instant now = Instant.now();
        if (pace.isEmpty() || !now.isBefore(restsUntil)) {
            return;
        }
        try {
            if (shared.engine()
                    .inspect(containerId)
                    .filter(maker::wasStartedAnew)
                    .isPresent()) {
                restsUntil = now;
                due = now.plus(pace.get().interval());
            }
        } catch (Fault e) {
            log.warn("{}", e.sentence());
        }
    }

    private void tick(Pace before) {
        boolean away = shared.outage().lasts();
        long began = System.nanoTime();
        Optional<PointHeader> made = capture(INTERVAL_TRIGGER, due);
        // A full point is an exception; what weighs is what comes again and again.
        Pace now = made.filter(header -> header.getKind() == PointKind.DELTA)
                .map(header -> before.after(header.getFrozenNanos(), System.nanoTime() - began))
                .orElse(before);
        pace = Optional.of(now);
        due = due.plus(now.interval());
        if (now.times() > before.times()) {
            reports.gap(INTERVAL_TRIGGER, due, status().name(), CaptureFault.STRETCHED, now.reason());
        }
        shared.metrics().interval(status().name(), now.interval());
        leaveOut(now.interval(), away || shared.outage().lasts());
    }

    /** Says which captures were due while the last one was under way. */
    private void leaveOut(Duration interval, boolean away) {
        Instant now = Instant.now();
        if (!due.isBefore(now)) {
            return;
        }
        long missed = Duration.between(due, now).dividedBy(interval) + 1;
        reports.gap(
                INTERVAL_TRIGGER,
                due,
                status().name(),
                away ? CaptureFault.KAFKA_AWAY : CaptureFault.BEHIND,
                missed + " captures left out: "
                        + (away ? "Kafka took no records" : "one took longer than " + interval.toMillis() + " ms"));
        due = due.plus(interval.multipliedBy(missed));
    }

    /** The point, if there is one now. */
    private Optional<PointHeader> capture(String trigger, Instant dueAt) {
        String name = status().name();
        if (shared.outage().lasts()) {
            // Perhaps it is over.
            reports.send();
        }
        try {
            Optional<Container> found = shared.engine().inspect(containerId).filter(Container::running);
            if (found.isEmpty()) {
                notRunning(trigger, dueAt, name);
                return Optional.empty();
            }
            name = found.get().name();
            return switch (maker.make(found.get(), trigger)) {
                case PointMaker.Outcome.Made(PointHeader header, Duration whole) -> {
                    reports.point(header, whole);
                    yield Optional.of(header);
                }
                case PointMaker.Outcome.Unchanged unchanged -> {
                    reports.unchanged(name, dueAt, unchanged.rest());
                    yield Optional.empty();
                }
            };
        } catch (Fault e) {
            reports.gap(trigger, dueAt, name, e.code(), e.sentence());
        } catch (IOException | RuntimeException e) {
            log.error("capture of {} failed", name, e);
            reports.gap(trigger, dueAt, name, CaptureFault.INTERNAL, String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** A stopped container owes no point at its interval; whoever asks for one is told. */
    private void notRunning(String trigger, Instant dueAt, String name) {
        maker.stopped();
        if (!trigger.equals(INTERVAL_TRIGGER)) {
            reports.gap(trigger, dueAt, name, CaptureFault.CONTAINER_NOT_RUNNING, name + " is not running");
        }
    }

    @Override
    public void close() {
        tell(new Message.Stop());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
