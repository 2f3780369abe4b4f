package io.rewind.capture;

import io.rewind.capture.docker.Container;
import io.rewind.capture.watch.WatchPolicy;
import io.rewind.event.Branch;
import io.rewind.event.CaptureGap;
import io.rewind.event.CaptureNow;
import io.rewind.event.PreflightAnswered;
import io.rewind.event.PreflightFinding;
import io.rewind.event.PreflightRequested;
import io.rewind.event.Rebase;
import io.rewind.event.ServiceAnnounced;
import io.rewind.event.Unwatch;
import io.rewind.event.Watch;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one {@link CaptureLoop} for each container that is to be captured, following labels, engine events and control
 * messages. Its methods are called from several threads and do one thing at a time.
 */
final class Watcher implements ControlReader.Listener, AutoCloseable {
    /** Timeline of gaps about containers that nobody knows. */
    private static final String NO_TIMELINE = "000000000000";
    /** Longer than that nobody makes a container's interval wait. */
    private static final long MOST_REST_MILLIS = 60_000;

    private static final Logger log = LoggerFactory.getLogger(Watcher.class);

    private final CaptureLoop.Shared shared;
    private final WatchPolicy policy;
    private final Answers answers;
    private final Function<Container, CaptureLoop> loops;
    private final Map<String, CaptureLoop> running = new TreeMap<>();
    /** Timelines of containers that are not captured any more but still there. */
    private final Map<String, TimelineId> stopped = new TreeMap<>();

    private final Map<String, CaptureLoop.Message.BranchFrom> branches = new TreeMap<>();
    private boolean ready;

    Watcher(CaptureLoop.Shared shared, WatchPolicy policy, Answers answers, Function<Container, CaptureLoop> loops) {
        this.shared = shared;
        this.policy = policy;
        this.answers = answers;
        this.loops = loops;
    }

    @Override
    public synchronized void caughtUp() {
        ready = true;
        lookAround();
    }

    /** Brings the loops in line with all containers that run now. */
    synchronized void lookAround() {
        if (ready) {
            try {
                shared.engine().running().forEach(this::look);
                List.copyOf(running.keySet()).forEach(this::look);
                List.copyOf(stopped.keySet()).forEach(this::look);
            } catch (Fault e) {
                log.warn("{}", e.sentence());
            }
        }
    }

    /** Brings the loop of one container in line with how it is now. */
    synchronized void look(String id) {
        if (!ready) {
            return;
        }
        Optional.ofNullable(running.get(id)).ifPresent(loop -> loop.tell(new CaptureLoop.Message.Disturbed()));
        try {
            Optional<Container> container = shared.engine().inspect(id);
            Optional<Duration> interval = container.flatMap(policy::interval);
            if (container.isEmpty()) {
                stop(id);
                removed(id);
            } else if (interval.isEmpty()
                    && container.filter(Container::running).isEmpty()) {
                stop(id);
            } else if (interval.isPresent() && container.get().running() && !running.containsKey(id)) {
                loop(container.get()).tell(new CaptureLoop.Message.Interval(interval));
            } else if (interval.isPresent() && running.containsKey(id) && changes(id, interval.get())) {
                running.get(id).tell(new CaptureLoop.Message.Interval(interval));
            }
        } catch (Fault e) {
            log.warn("container {}: {}", id, e.sentence());
        }
        shared.metrics().watched(running.size());
    }

    private boolean changes(String id, Duration interval) {
        return Optional.ofNullable(running.get(id))
                .map(loop -> loop.status().intervalMillis() != interval.toMillis())
                .orElse(false);
    }

    private CaptureLoop loop(Container container) {
        return running.computeIfAbsent(container.id(), id -> {
            CaptureLoop loop = loops.apply(container);
            Optional.ofNullable(branches.get(container.timeline().text())).ifPresent(loop::tell);
            loop.start();
            return loop;
        });
    }

    private void stop(String id) {
        Optional.ofNullable(running.remove(id)).ifPresent(loop -> {
            loop.close();
            forget(loop.status().name());
            stopped.put(id, loop.timeline());
        });
    }

    /** As long as a stopped container is there, a restore may bring back what it was. */
    private void removed(String id) {
        Optional.ofNullable(stopped.remove(id))
                .filter(timeline -> running.values().stream()
                        .noneMatch(loop -> loop.timeline().equals(timeline)))
                .ifPresent(shared.newest()::remove);
    }

    /** A replacement of the same name goes on with its series. */
    private void forget(String name) {
        if (running.values().stream().noneMatch(loop -> loop.status().name().equals(name))) {
            shared.metrics().gone(name);
        }
    }

    @Override
    public synchronized void message(SpecificRecord message, boolean past) {
        switch (message) {
            case Watch watch
            when isHere(watch.getHost()) -> {
                policy.watch(
                        new ContainerName(watch.getContainer()).text(), Duration.ofMillis(watch.getIntervalMillis()));
                lookAt(watch.getContainer());
            }
            case Unwatch unwatch
            when isHere(unwatch.getHost()) -> {
                policy.unwatch(new ContainerName(unwatch.getContainer()).text());
                letGo(unwatch.getContainer());
            }
            case CaptureNow now when isHere(now.getHost()) && !past -> captureNow(now);
            case Rebase rebase
            when !past -> {
                shared.newest().keySet().removeIf(timeline -> timeline.text().equals(rebase.getTimeline()));
                each(rebase.getTimeline(), new CaptureLoop.Message.StartOver());
            }
            case Branch branch -> branch(branch);
            case Watch elsewhere -> ignore();
            case Unwatch elsewhere -> ignore();
            case PreflightRequested request when isHere(request.getHost()) && !past -> preflight(request);
            case PreflightRequested elsewhereOrPast -> ignore();
            case PreflightAnswered answered -> ignore();
            case CaptureNow elsewhereOrPast -> ignore();
            case Rebase past1 -> ignore();
            case ServiceAnnounced service -> ignore();
            default -> throw Wire.unexpected(message);
        }
    }

    private static void ignore() {
        // Meant for another host or service, or over.
    }

    private boolean isHere(String host) {
        return host.isEmpty() || host.equals(shared.means().host());
    }

    private void lookAt(String container) {
        if (ready) {
            shared.engine().inspect(container).ifPresent(c -> look(c.id()));
        }
    }

    private void letGo(String container) {
        if (ready) {
            shared.engine()
                    .inspect(container)
                    .filter(c -> policy.interval(c).isEmpty())
                    .ifPresent(c -> {
                        stop(c.id());
                        removed(c.id());
                    });
            lookAt(container);
        }
    }

    private void captureNow(CaptureNow now) {
        String name = new ContainerName(now.getContainer()).text();
        try {
            Optional<Container> container = shared.engine().inspect(name);
            // A container that nobody watches gets a loop without an interval, which stays while it runs: whoever asks
            // again pays for what changed, not for everything.
            container.ifPresentOrElse(
                    c -> loop(c).tell(new CaptureLoop.Message.Now(
                            now.getTrigger(), Duration.ofMillis(Math.clamp(now.getRestMillis(), 0, MOST_REST_MILLIS)))),
                    () -> refuse(
                            now,
                            CaptureFault.CONTAINER_UNKNOWN,
                            "no container " + name + " on host "
                                    + shared.means().host()));
        } catch (Fault e) {
            refuse(now, e.code(), e.sentence());
        }
    }

    /** Whoever asked is waiting for an answer. */
    private void refuse(CaptureNow now, FaultCode code, String sentence) {
        answers.send(
                Topics.CAPTURE,
                NO_TIMELINE,
                new CaptureGap(
                        NO_TIMELINE,
                        shared.means().host(),
                        "",
                        now.getContainer(),
                        Instant.now().truncatedTo(ChronoUnit.MICROS),
                        now.getTrigger(),
                        code.name(),
                        sentence,
                        ""));
    }

    /** Answers for a container that runs here. */
    private void preflight(PreflightRequested request) {
        String name = new ContainerName(request.getContainer()).text();
        try {
            shared.engine().inspect(name).filter(Container::running).ifPresent(container -> {
                // Not while it is being captured: a container that is frozen looks like one that is traced.
                Runnable look = () -> answer(request, container);
                Optional.ofNullable(running.get(container.id()))
                        .ifPresentOrElse(loop -> loop.tell(new CaptureLoop.Message.Between(look)), look);
            });
        } catch (Fault e) {
            log.warn("preflight of {}: {}", name, e.sentence());
        }
    }

    private void answer(PreflightRequested request, Container container) {
        try {
            List<PreflightFinding> findings = shared.preflight().apply(container).stream()
                    .map(found -> new PreflightFinding(found.rule().name(), found.refusal(), found.sentence()))
                    .toList();
            answers.send(
                    Topics.CONTROL,
                    "findings/" + shared.means().host() + "/" + container.name(),
                    new PreflightAnswered(
                            request.getRequest(),
                            shared.means().host(),
                            container.id(),
                            container.name(),
                            findings,
                            Instant.now().truncatedTo(ChronoUnit.MICROS)));
        } catch (Fault e) {
            log.warn("preflight of {}: {}", container.name(), e.sentence());
        }
    }

    private void branch(Branch branch) {
        String timeline = new TimelineId(branch.getTimeline()).text();
        CaptureLoop.Message.BranchFrom from =
                new CaptureLoop.Message.BranchFrom(new PointId(branch.getPoint()), branch.getAt());
        branches.put(timeline, from);
        each(timeline, from);
    }

    private void each(String timeline, CaptureLoop.Message message) {
        running.values().stream()
                .filter(loop -> loop.timeline().text().equals(timeline))
                .forEach(loop -> loop.tell(message));
    }

    synchronized List<CaptureLoop.Status> status() {
        return running.values().stream().map(CaptureLoop::status).toList();
    }

    @Override
    public synchronized void close() {
        List.copyOf(running.keySet()).forEach(this::stop);
    }
}
