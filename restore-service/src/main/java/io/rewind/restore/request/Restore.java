package io.rewind.restore.request;

import io.rewind.event.LazySource;
import io.rewind.event.RestoreRequested;
import io.rewind.event.RestoreState;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.fetch.Holder;
import io.rewind.restore.journal.Journal;
import io.rewind.restore.journal.Step;
import io.rewind.restore.journal.Target;
import io.rewind.restore.journal.Target.Way;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.rebuild.LateRebuild;
import io.rewind.restore.reuse.LiveMemory;
import io.rewind.restore.switchover.Captured;
import io.rewind.restore.switchover.Switchover;
import io.rewind.restore.switchover.Switchovers;
import io.rewind.restore.time.TimeLine;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One restore, from its accepted journal to its answer. For one thread. */
final class Restore {
    private static final Logger log = LoggerFactory.getLogger(Restore.class);

    private final Bench bench;
    private final Journal journal;
    private final RestoreRequested request;
    private final Answers answers;
    private final Ending ending;
    private final TimeLine time;
    /** Of a clone that gets its memory from the store while it runs. */
    private Optional<MemoryFeed> feed = Optional.empty();

    /** @param time of the request, since it was taken up */
    Restore(Bench bench, Journal journal, Answers answers, TimeLine time) {
        this.bench = bench;
        this.journal = journal;
        this.request = journal.request();
        this.answers = answers;
        this.ending = new Ending(bench, journal, answers);
        this.time = time;
    }

    /** Always ends with an answer, unless the disk or the broker fails: then the next start answers. */
    void run(Target target) {
        try {
            work(target);
        } finally {
            feed.ifPresent(MemoryFeed::close);
        }
    }

    private void work(Target target) {
        answers.about(target.name(), target.timeline(), target.point());
        Step.Preparing preparing = journal.advance(new Step.Accepted().prepare(target));
        Step.Switching switching;
        Switchover way;
        String message;
        try {
            // Asked for at once: it takes others' time, and from the present much of the point can be taken.
            CompletableFuture<Optional<PointId>> present = present(target);
            answers.tell(RestoreState.FETCHING, 0);
            PointPlan plan = time.of(
                    "map", () -> bench.rebuild().plan(new TimelineId(target.timeline()), new PointId(target.point())));
            new HostCheck(bench, request).run(target, plan);
            way = rebuild(target, plan, bench.switchovers().of(journal, target, captured(plan)), present);
            String undoPoint = waited(present).map(PointId::text).orElse("");
            way.checkClaims(plan.trees());
            message = message(target, plan);
            answers.undoneBy(undoPoint);
            // What came meanwhile.
            Switchover writing = way;
            time.run("write back", () -> writeBack(target, writing));
            answers.tell(RestoreState.RESTORING, 0);
            if (target.way() != Way.CLONE) {
                bench.branches().accept(target.timeline(), target.point());
            }
            switching = preparing.toSwitch(undoPoint);
        } catch (RuntimeException e) {
            ending.abandon(target, e);
            return;
        }
        journal.advance(switching);
        new SwitchStep(bench, journal, answers, ending, time, feed).run(switching, way, message);
        log.info("{}: ms since it was taken up: {}", journal.id(), time);
    }

    /** Returns the way on. */
    private Switchover rebuild(
            Target target, PointPlan plan, Switchover way, CompletableFuture<Optional<PointId>> present) {
        way.checkClaims(plan.trees());
        CompletableFuture<Void> writtenBack = CompletableFuture.runAsync(() -> writeBack(target, way));
        Switchover on = way;
        if (request.getLazy() == LazySource.REMOTE) {
            feed = begun(target, plan, way);
            on = feed.map(open -> bench.switchovers().cloneServed(journal, target, captured(plan), open.port()))
                    .orElse(way);
        } else {
            bench.rebuild()
                    .run(
                            new TimelineId(target.timeline()),
                            plan,
                            Switchovers.images(journal),
                            way.trees().stages(plan.trees()),
                            percent -> answers.tell(RestoreState.FETCHING, percent),
                            atHand(target, present),
                            time);
        }
        way.filesReady();
        writtenBack.join();
        return on;
    }

    /** What a start needs is here; what feeds the rest, unless all of it had to come. */
    private Optional<MemoryFeed> begun(Target target, PointPlan plan, Switchover way) {
        String clone = way.receiver().id();
        Optional<LateRebuild> late = bench.rebuild()
                .runLate(
                        new TimelineId(target.timeline()),
                        plan,
                        Switchovers.images(journal),
                        way.trees().stages(plan.trees()),
                        percent -> answers.tell(RestoreState.FETCHING, percent),
                        bench.switchovers()::suitsLate,
                        time);
        if (late.isEmpty()) {
            log.info(
                    "{}: its memory does not suit, or this host; all of it was brought before the start", journal.id());
        }
        return late.map(memory -> MemoryFeed.open(memory, bench.switchovers().memory(), clone));
    }

    /** Only in place the engine unmounts something while nothing runs; see ADR 032. */
    private static void writeBack(Target target, Switchover way) {
        if (target.way() == Way.IN_PLACE) {
            way.trees().writeBack();
        }
    }

    /** What the running processes still have of the point. */
    private Holder atHand(Target target, CompletableFuture<Optional<PointId>> present) {
        if (target.way() == Way.CLONE || !target.wasRunning()) {
            return Holder.NONE;
        }
        TimelineId timeline = new TimelineId(target.timeline());
        PointId point = new PointId(target.point());
        int firstPid =
                bench.engine().inspect(target.container()).map(Inspected::pid).orElse(0);
        return new LiveMemory(present, captured -> bench.points().unlike(timeline, point, captured), firstPid, time);
    }

    /** Has the present captured; there is nothing of it where there is none, or where it may be discarded. */
    private CompletableFuture<Optional<PointId>> present(Target target) {
        if (target.way() == Way.CLONE) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        answers.tell(RestoreState.CAPTURING_PRESENT, 0);
        CompletableFuture<Optional<PointId>> captured = new CompletableFuture<>();
        Thread.ofVirtual().name("present-" + journal.id()).start(() -> {
            try {
                captured.complete(time.of("present", () -> capture(target)));
            } catch (RuntimeException | Error e) {
                captured.completeExceptionally(e);
            }
        });
        return captured;
    }

    private Optional<PointId> capture(Target target) {
        try {
            if (!target.wasRunning()) {
                throw RestoreCode.PRESENT_NOT_CAPTURED.because(target.name()
                        + " does not run, so its present cannot be captured; discard it, or restore a clone.");
            }
            return Optional.of(bench.present().capture(target.container(), journal.id()));
        } catch (Fault e) {
            if (!request.getDiscardPresent()) {
                throw e;
            }
            log.warn("{}: the present is discarded: {}", journal.id(), e.sentence());
            return Optional.empty();
        }
    }

    private static Optional<PointId> waited(CompletableFuture<Optional<PointId>> present) {
        try {
            return present.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    private static Captured captured(PointPlan plan) {
        return new Captured(plan.spec(), plan.trees());
    }

    private String message(Target target, PointPlan plan) {
        List<String> leftOut = bench.switchovers().leftOut(journal, target, captured(plan));
        String run = target.name() + " runs from " + plan.header().getCaptured() + " on";
        return leftOut.isEmpty() ? run + "." : run + "; " + String.join("; ", leftOut) + ".";
    }
}
