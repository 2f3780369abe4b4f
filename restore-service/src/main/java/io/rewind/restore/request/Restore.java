package io.rewind.restore.request;

import io.rewind.event.RestoreRequested;
import io.rewind.event.RestoreState;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.journal.Journal;
import io.rewind.restore.journal.Step;
import io.rewind.restore.journal.Target;
import io.rewind.restore.journal.Target.Way;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.switchover.Captured;
import io.rewind.restore.switchover.Switchover;
import io.rewind.restore.switchover.Switchovers;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    Restore(Bench bench, Journal journal, Answers answers) {
        this.bench = bench;
        this.journal = journal;
        this.request = journal.request();
        this.answers = answers;
        this.ending = new Ending(bench, journal, answers);
    }

    /** Always ends with an answer, unless the disk or the broker fails: then the next start answers. */
    void run(Target target) {
        answers.about(target.name(), target.timeline(), target.point());
        Step.Preparing preparing = journal.advance(new Step.Accepted().prepare(target));
        Step.Switching switching;
        Switchover way;
        String message;
        try {
            answers.tell(RestoreState.FETCHING, 0);
            PointPlan plan = bench.rebuild().plan(new TimelineId(target.timeline()), new PointId(target.point()));
            new HostCheck(bench, request).run(target, plan);
            way = bench.switchovers().of(journal, target, captured(plan));
            rebuild(target, plan, way);
            String undoPoint = present(target);
            way.checkClaims(plan.trees());
            message = message(target, plan);
            answers.undoneBy(undoPoint);
            // What came meanwhile.
            writeBack(target, way);
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
        new SwitchStep(bench, journal, answers, ending).run(switching, way, message);
    }

    private void rebuild(Target target, PointPlan plan, Switchover way) {
        way.checkClaims(plan.trees());
        CompletableFuture<Void> writtenBack = CompletableFuture.runAsync(() -> writeBack(target, way));
        bench.rebuild()
                .run(
                        new TimelineId(target.timeline()),
                        plan,
                        Switchovers.images(journal),
                        way.trees().stages(plan.trees()),
                        percent -> answers.tell(RestoreState.FETCHING, percent));
        way.filesReady();
        writtenBack.join();
    }

    /** Only in place the engine unmounts something while nothing runs; see ADR 032. */
    private static void writeBack(Target target, Switchover way) {
        if (target.way() == Way.IN_PLACE) {
            way.trees().writeBack();
        }
    }

    /** @return the point that undoes the restore; empty where there is none */
    private String present(Target target) {
        if (target.way() == Way.CLONE) {
            return "";
        }
        answers.tell(RestoreState.CAPTURING_PRESENT, 0);
        try {
            if (!target.wasRunning()) {
                throw RestoreCode.PRESENT_NOT_CAPTURED.because(target.name()
                        + " does not run, so its present cannot be captured; discard it, or restore a clone.");
            }
            return bench.present().capture(target.container(), journal.id()).text();
        } catch (Fault e) {
            if (!request.getDiscardPresent()) {
                throw e;
            }
            log.warn("{}: the present is discarded: {}", journal.id(), e.sentence());
            return "";
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
