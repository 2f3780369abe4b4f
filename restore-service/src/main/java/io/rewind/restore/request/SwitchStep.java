package io.rewind.restore.request;

import io.rewind.event.RestoreProgress;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.journal.Journal;
import io.rewind.restore.journal.Step;
import io.rewind.restore.journal.Target;
import io.rewind.restore.late.LateMemory.Arrival;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.switchover.PresentFiles;
import io.rewind.restore.switchover.Switchover;
import io.rewind.restore.switchover.Switchovers;
import io.rewind.restore.time.TimeLine;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a restore in which the container changes hands: forward, or back when that fails. For one thread. */
final class SwitchStep {
    private static final Logger log = LoggerFactory.getLogger(SwitchStep.class);

    private final Bench bench;
    private final Journal journal;
    private final Answers answers;
    private final Ending ending;
    private final TimeLine time;
    private final Optional<MemoryFeed> feed;

    /**
     * @param time gets the steps
     * @param feed of a clone that gets its memory from the store
     */
    SwitchStep(Bench bench, Journal journal, Answers answers, Ending ending, TimeLine time, Optional<MemoryFeed> feed) {
        this.bench = bench;
        this.journal = journal;
        this.answers = answers;
        this.ending = ending;
        this.time = time;
        this.feed = feed;
    }

    /** Also for the second time, after a crash. */
    void run(Step.Switching at, Switchover way, String message) {
        Step.Starting starting;
        String running;
        try {
            answers.switching();
            time.run("take over", () -> way.takeOver(Switchovers.images(journal)));
            starting = journal.advance(at.start());
            running = time.of("start", way::start);
            answers.started();
            feed.ifPresent(MemoryFeed::bringRest);
            time.run("settle", () -> bench.switchovers().requireLasting(running));
        } catch (Fault e) {
            undo(
                    feed.flatMap(MemoryFeed::failure)
                            .map(why -> memoryLost(at.target(), at.undoPoint()))
                            .orElseGet(() -> new Step.Undoing(
                                    at.target(), at.undoPoint(), e.code().name(), e.sentence())),
                    way);
            return;
        } catch (RuntimeException e) {
            log.error("{}: failed", journal.id(), e);
            undo(new Step.Undoing(at.target(), at.undoPoint(), RestoreCode.INTERNAL.name(), e.toString()), way);
            return;
        }
        started(starting, way, running, message);
    }

    /** What was started lives. With all of its memory, nothing may be undone: the old container may be gone soon. */
    void started(Step.Starting at, Switchover way, String running, String message) {
        Arrival now = bench.switchovers().memory().of(running);
        if (now == Arrival.NONE) {
            ending.end(at.target(), answers.running(running, message));
        } else if (now == Arrival.COMPLETE && feed.isEmpty()) {
            complete(at.target(), running, answers.running(running, message));
        } else {
            Step.Arriving arriving = journal.advance(at.arrive(running));
            RestoreProgress answer = answers.runningWithoutAllMemory(running, message);
            answers.publish(answer);
            arrive(arriving, way, answer);
        }
    }

    /** Also for the second time, after a crash. */
    void arrive(Step.Arriving at, Switchover way, RestoreProgress answer) {
        Arrival arrival = bench.switchovers().memory().await(at.running(), bench.lateLimit());
        // What the daemon has brought was proved chunk by chunk; all of it together has yet to be.
        if (arrival == Arrival.COMPLETE && feed.map(MemoryFeed::isWhole).orElse(true)) {
            complete(at.target(), at.running(), answer);
            return;
        }
        log.error("{}: the memory of {} is {}", journal.id(), at.running(), arrival);
        undo(memoryLost(at.target(), at.undoPoint()), way);
    }

    private Step.Undoing memoryLost(Target target, String undoPoint) {
        String why =
                feed.flatMap(MemoryFeed::failure).map(reason -> ": " + reason).orElse(".");
        String sentence = "The rest of the restored container's memory did not come" + why;
        return new Step.Undoing(target, undoPoint, RestoreCode.MEMORY_LOST.name(), sentence);
    }

    private void complete(Target target, String running, RestoreProgress answer) {
        ending.end(
                target, answers.allMemory(answer, bench.switchovers().memory().completeAt(running)));
    }

    /** Also for the second time, after a crash. */
    void undo(Step.Undoing at, Switchover way) {
        journal.advance(at);
        String how;
        try {
            EngineBack.await(() -> bringPresent(at));
            how = EngineBack.await(way::undo);
        } catch (RuntimeException e) {
            log.error("{}: not undone", journal.id(), e);
            how = "it could not be put back (" + e.getMessage() + "); " + lastResort(way)
                    + "; look at the containers called " + at.target().name();
        }
        if (at.target().way() != Target.Way.CLONE && !at.undoPoint().isEmpty()) {
            bench.branches().accept(at.target().timeline(), at.undoPoint());
        }
        ending.end(
                at.target(), answers.failed(at.code(), sentence(at.message()) + " As for the container: " + how + "."));
    }

    /** The captured present, rebuilt only now that it is needed; where that fails the container is started anew. */
    private void bringPresent(Step.Undoing at) {
        Target target = at.target();
        if (target.way() != Target.Way.IN_PLACE
                || !target.wasRunning()
                || at.undoPoint().isEmpty()) {
            return;
        }
        PresentFiles present = bench.switchovers().present(journal, target);
        bench.rebuild().discard(present.images());
        try {
            TimelineId timeline = new TimelineId(target.timeline());
            PointPlan plan = bench.rebuild().plan(timeline, new PointId(at.undoPoint()));
            bench.rebuild()
                    .run(timeline, plan, present.images(), present.trees().stages(plan.trees()), percent -> {});
        } catch (RuntimeException e) {
            log.error("{}: the present cannot be brought back from its point", journal.id(), e);
            // Half of it is not to be started from.
            bench.rebuild().discard(present.images());
        }
    }

    private String lastResort(Switchover way) {
        try {
            return way.lastResort();
        } catch (RuntimeException e) {
            log.error("{}: the last resort failed", journal.id(), e);
            return "it could not be made to run either (" + e.getMessage() + ")";
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
