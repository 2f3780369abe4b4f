package io.rewind.capture;

import io.rewind.capture.docker.Container;
import io.rewind.capture.docker.Engine;
import io.rewind.capture.point.Baseline;
import io.rewind.capture.point.Capture;
import io.rewind.capture.point.CapturedPoint;
import io.rewind.capture.publish.Gaps;
import io.rewind.capture.publish.PointPublisher;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.DirtyTracker;
import io.rewind.capture.watch.Incarnations;
import io.rewind.event.CaptureGap;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.log.LogSubject;
import io.rewind.schemas.topic.EventPublisher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures one container, at its interval and when asked, on a platform thread of its own. All state about the
 * container belongs to that thread; others talk to it through its mailbox.
 */
final class CaptureLoop implements AutoCloseable {
    /** What every loop of an agent shares. */
    record Shared(
            Engine engine,
            Capture.Means means,
            Supplier<DirtyTracker> trackers,
            Supplier<Staging> stagings,
            Incarnations incarnations,
            Semaphore permits,
            CaptureMetrics metrics) {}

    /** What others may ask of a loop. */
    sealed interface Message {
        record Now(String trigger) implements Message {}

        record Interval(Optional<Duration> every) implements Message {}

        record StartOver() implements Message {}

        /** What starts later than {@code since} grows from the point. */
        record BranchFrom(PointId point, Instant since) implements Message {}

        record Stop() implements Message {}
    }

    static final String INTERVAL_TRIGGER = "interval";
    private static final Logger log = LoggerFactory.getLogger(CaptureLoop.class);

    private final Shared shared;
    private final String containerId;
    private final TimelineId timeline;
    private final PointPublisher points;
    private final Gaps gaps;
    private final DirtyTracker tracker;
    private final BlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
    private final Thread thread;

    private Optional<Duration> every = Optional.empty();
    private Instant due = Instant.now();
    private Optional<Baseline> baseline = Optional.empty();
    private Optional<Message.BranchFrom> announced = Optional.empty();
    private Optional<PointId> branch = Optional.empty();
    private final Set<String> said = new HashSet<>();
    private volatile Status status;

    /** What can be told about a loop from outside. */
    record Status(String container, String name, String timeline, long intervalMillis, String point, String gap) {}

    CaptureLoop(Shared shared, Container container, EventPublisher publisher) {
        this.shared = shared;
        this.containerId = container.id();
        this.timeline = container.timeline();
        this.points = new PointPublisher(publisher);
        this.gaps = new Gaps(publisher);
        this.tracker = shared.trackers().get();
        this.status = new Status(containerId, container.name(), timeline.text(), 0, "", "");
        this.thread = Thread.ofPlatform().name("capture-" + container.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void tell(Message message) {
        mailbox.add(message);
    }

    String containerId() {
        return containerId;
    }

    TimelineId timeline() {
        return timeline;
    }

    Status status() {
        return status;
    }

    private void run() {
        try (tracker;
                LogSubject _ = LogSubject.timeline(timeline.text())) {
            boolean going = true;
            while (going) {
                Optional<Message> message = await();
                if (message.isPresent()) {
                    going = take(message.get());
                } else if (every.isPresent()) {
                    tick(every.get());
                }
                gaps.send();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Message> await() throws InterruptedException {
        if (every.isEmpty()) {
            return Optional.of(mailbox.take());
        }
        long wait = Instant.now().until(due, ChronoUnit.NANOS);
        return Optional.ofNullable(mailbox.poll(Math.max(0, wait), TimeUnit.NANOSECONDS));
    }

    private boolean take(Message message) {
        switch (message) {
            case Message.Now now -> capture(now.trigger(), Instant.now());
            case Message.Interval interval -> {
                every = interval.every();
                due = Instant.now();
                shared.metrics().interval(status.name(), every.orElse(Duration.ZERO));
                status = new Status(
                        containerId,
                        status.name(),
                        timeline.text(),
                        every.map(Duration::toMillis).orElse(0L),
                        status.point(),
                        status.gap());
            }
            case Message.StartOver startOver -> forget();
            case Message.BranchFrom from -> announced = Optional.of(from);
            case Message.Stop stop -> {
                return false;
            }
        }
        return true;
    }

    private void tick(Duration interval) {
        capture(INTERVAL_TRIGGER, due);
        due = due.plus(interval);
        Instant now = Instant.now();
        if (due.isBefore(now)) {
            long missed = Duration.between(due, now).dividedBy(interval) + 1;
            gap(
                    INTERVAL_TRIGGER,
                    due,
                    status.name(),
                    CaptureFault.BEHIND,
                    missed + " captures left out: one took longer than " + interval.toMillis() + " ms");
            due = due.plus(interval.multipliedBy(missed));
        }
    }

    private void capture(String trigger, Instant dueAt) {
        String name = status.name();
        try {
            Optional<Container> found = shared.engine().inspect(containerId);
            if (found.isEmpty() || !found.get().running()) {
                notRunning(trigger, dueAt, name);
                return;
            }
            name = found.get().name();
            point(found.get(), trigger);
        } catch (Fault e) {
            forget();
            gap(trigger, dueAt, name, e.code(), e.sentence());
        } catch (IOException | RuntimeException e) {
            forget();
            log.error("capture of {} failed", name, e);
            gap(trigger, dueAt, name, CaptureFault.INTERNAL, String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A stopped container owes no point at its interval; whoever asks for one is told. */
    private void notRunning(String trigger, Instant dueAt, String name) {
        forget();
        if (!trigger.equals(INTERVAL_TRIGGER)) {
            gap(trigger, dueAt, name, CaptureFault.CONTAINER_NOT_RUNNING, name + " is not running");
        }
    }

    private void point(Container container, String trigger) throws IOException, InterruptedException {
        if (container.paused()) {
            throw new Fault(
                    CaptureFault.CONTAINER_PAUSED,
                    Severity.RETRYABLE,
                    container.name() + " is paused; CRIU cannot freeze what is frozen already");
        }
        if (baseline.filter(b -> !b.startedAt().equals(container.startedAt())).isPresent()) {
            forget();
        }
        Incarnations.Incarnation incarnation = shared.incarnations().of(timeline, container.startedAt());
        if (incarnation.isNew()) {
            branch = announced
                    .filter(b -> b.since().isBefore(Instant.parse(container.startedAt())))
                    .map(Message.BranchFrom::point);
        }
        shared.permits().acquire();
        long began = System.nanoTime();
        try (Capture capture = new Capture(
                shared.means(), container, tracker, shared.stagings().get())) {
            CapturedPoint point = capture.take(new Capture.Occasion(trigger, incarnation.number(), baseline, branch));
            points.publish(point);
            baseline = Optional.of(point.baseline());
            branch = Optional.empty();
            try (LogSubject _ = LogSubject.point(timeline.text(), point.header().getPoint())) {
                log.debug(
                        "captured {}: point {}",
                        container.name(),
                        point.header().getPoint());
            }
            shared.metrics().interval(container.name(), every.orElse(Duration.ZERO));
            shared.metrics().point(point.header(), Duration.ofNanos(System.nanoTime() - began));
            said.removeIf(code -> !code.equals(CaptureFault.BEHIND.name()));
            status = new Status(
                    containerId,
                    container.name(),
                    timeline.text(),
                    status.intervalMillis(),
                    point.header().getPoint(),
                    "");
        } finally {
            shared.permits().release();
        }
    }

    /** The next point is full. */
    private void forget() {
        baseline = Optional.empty();
        tracker.forget();
    }

    private void gap(String trigger, Instant dueAt, String name, FaultCode code, String sentence) {
        gaps.add(new CaptureGap(
                timeline.text(),
                shared.means().host(),
                containerId,
                name,
                dueAt.truncatedTo(ChronoUnit.MICROS),
                trigger,
                code.name(),
                sentence));
        shared.metrics().gap(name, code.name());
        status = new Status(
                containerId,
                name,
                timeline.text(),
                status.intervalMillis(),
                status.point(),
                code.name() + ": " + sentence);
        // The reason is said once, not every few seconds.
        if (said.add(code.name())) {
            log.warn("no point of {}: {} ({})", name, sentence, code.name());
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
