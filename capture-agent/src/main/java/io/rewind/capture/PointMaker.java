package io.rewind.capture;

import io.rewind.capture.docker.Container;
import io.rewind.capture.pace.OutsideWriters;
import io.rewind.capture.pace.Rest;
import io.rewind.capture.point.Baseline;
import io.rewind.capture.point.Capture;
import io.rewind.capture.point.CapturedPoint;
import io.rewind.capture.preflight.Finding;
import io.rewind.capture.process.LateMemory;
import io.rewind.capture.publish.PointPublisher;
import io.rewind.capture.tracker.DirtyTracker;
import io.rewind.capture.watch.Incarnations;
import io.rewind.event.PointHeader;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.KafkaFault;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.topic.EventPublisher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Makes one container's points; holds what each leaves behind for the next. One thread. */
final class PointMaker implements AutoCloseable {
    /** What became of a capture that did not fail. */
    sealed interface Outcome {
        record Made(PointHeader header, Duration whole) implements Outcome {}

        record Unchanged(Rest rest) implements Outcome {}
    }

    private final CaptureLoop.Shared shared;
    private final TimelineId timeline;
    private final PointPublisher points;
    private final DirtyTracker tracker;
    private Optional<Baseline> baseline;
    private Optional<Rest> rest = Optional.empty();
    private Optional<CaptureLoop.Message.BranchFrom> announced = Optional.empty();
    private Optional<PointId> branch = Optional.empty();

    PointMaker(CaptureLoop.Shared shared, TimelineId timeline, EventPublisher publisher) {
        this.shared = shared;
        this.timeline = timeline;
        this.points = new PointPublisher(publisher);
        this.tracker = shared.trackers().get();
        this.baseline = Optional.ofNullable(shared.newest().get(timeline));
    }

    void branchFrom(CaptureLoop.Message.BranchFrom from) {
        announced = Optional.of(from);
    }

    /** The next point is full. */
    void forget() {
        baseline = Optional.empty();
        shared.newest().remove(timeline);
        rest = Optional.empty();
        tracker.forget();
    }

    /** What was there is kept: a restore may bring most of it back. */
    void stopped() {
        rest = Optional.empty();
        tracker.forget();
    }

    /** Whether it runs, and since later than the last point. */
    boolean wasStartedAnew(Container container) {
        return container.running() && baseline.isPresent() && !isOfThisStart(container);
    }

    private boolean isOfThisStart(Container container) {
        return baseline.filter(b -> b.startedAt().equals(container.startedAt())).isPresent();
    }

    /** Somebody else may have written to the container: the next tick is not skipped. */
    void disturbed() {
        rest = Optional.empty();
    }

    /** @throws Fault with a {@link CaptureFault}: why there is no point */
    Outcome make(Container container, String trigger) throws IOException, InterruptedException {
        if (wasStartedAnew(container)) {
            startedAnew(container);
        }
        OptionalLong ran = shared.clock().apply(container);
        if (trigger.equals(CaptureLoop.INTERVAL_TRIGGER)) {
            Optional<Rest> resting = rest.filter(r ->
                    r.holds(ran, Instant.now(), shared.policy().idleLimit()) && !OutsideWriters.possible(container));
            if (resting.isPresent()) {
                return new Outcome.Unchanged(resting.get());
            }
        }
        requirePossible(container);
        Incarnations.Incarnation incarnation = shared.incarnations().of(timeline, container.startedAt());
        if (incarnation.isNew()) {
            branch = restored(container);
        }
        shared.permits().acquire();
        try {
            return take(container, new Capture.Occasion(trigger, incarnation.number(), baseline, branch), ran);
        } finally {
            shared.permits().release();
        }
    }

    /** Restored, it resembles what it was before; started from its command, it does not. */
    private void startedAnew(Container container) {
        stopped();
        // Else it was for the start before this one.
        Instant before = Instant.parse(baseline.orElseThrow().startedAt());
        announced = announced.filter(b -> b.since().isAfter(before));
        if (restored(container).isEmpty()) {
            forget();
        }
    }

    /** The point that this start was the restore of. */
    private Optional<PointId> restored(Container container) {
        return announced
                .filter(b -> b.since().isBefore(Instant.parse(container.startedAt())))
                .map(CaptureLoop.Message.BranchFrom::point);
    }

    private void requirePossible(Container container) throws IOException {
        if (container.paused()) {
            throw new Fault(
                    CaptureFault.CONTAINER_PAUSED,
                    Severity.RETRYABLE,
                    container.name() + " is paused; CRIU cannot freeze what is frozen already");
        }
        if (isOfThisStart(container)) {
            return;
        }
        // Memory comes late only after a start, and so before the first point.
        if (LateMemory.isOfAny(shared.means().freezer().processes(container))) {
            throw new Fault(
                    CaptureFault.MEMORY_LATE,
                    Severity.RETRYABLE,
                    "memory of " + container.name() + " is still on its way: a restore brings it, or else a program"
                            + " manages its memory by itself, which cannot be captured");
        }
        // Before the first point and after each failure: what CRIU would fail on is not worth a freeze.
        List<Finding> refusals = shared.preflight().apply(container).stream()
                .filter(Finding::refusal)
                .toList();
        if (!refusals.isEmpty()) {
            throw new Fault(
                    CaptureFault.REFUSED,
                    Severity.REJECTED,
                    refusals.stream().map(Finding::sentence).collect(Collectors.joining(". ")));
        }
    }

    private Outcome take(Container container, Capture.Occasion occasion, OptionalLong ranBefore)
            throws IOException, InterruptedException {
        if (shared.outage().lasts()) {
            throw new Fault(CaptureFault.KAFKA_AWAY, Severity.RETRYABLE, "Kafka takes no records");
        }
        long began = System.nanoTime();
        boolean published = false;
        try (Capture capture = new Capture(
                shared.means(), container, tracker, shared.stagings().get())) {
            CapturedPoint point = shared.hooks().run(container, () -> capture.take(occasion));
            OptionalLong ran = shared.clock().apply(container);
            Instant since = Instant.now();
            publish(point);
            published = true;
            PointHeader header = point.header();
            Baseline made = point.baseline();
            baseline = Optional.of(made);
            shared.newest().put(timeline, made);
            rest = Optional.of(
                    Rest.after(rest, ranBefore, new PointId(header.getPoint()), ran, since, header.getCaptured()));
            branch = Optional.empty();
            return new Outcome.Made(header, Duration.ofNanos(System.nanoTime() - began));
        } finally {
            if (!published) {
                forget();
            }
        }
    }

    private void publish(CapturedPoint point) throws IOException {
        long bytes = point.staging().size();
        shared.metrics().waits(bytes);
        try {
            points.publish(point);
        } catch (Fault e) {
            if (e.code() == KafkaFault.PUBLISH_FAILED) {
                shared.outage().begins();
            }
            throw e;
        } finally {
            shared.metrics().waits(-bytes);
        }
    }

    @Override
    public void close() {
        tracker.close();
    }
}
