package io.rewind.restore.request;

import io.rewind.event.RestoreProgress;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.journal.Journal;
import io.rewind.restore.journal.Step;
import io.rewind.restore.journal.Target;
import io.rewind.restore.switchover.Switchover;
import io.rewind.restore.switchover.Switchovers;
import io.rewind.runtime.fault.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a restore in which the container changes hands: forward, or back when that fails. For one thread. */
final class SwitchStep {
    private static final Logger log = LoggerFactory.getLogger(SwitchStep.class);

    private final Bench bench;
    private final Journal journal;
    private final Answers answers;
    private final Ending ending;

    SwitchStep(Bench bench, Journal journal, Answers answers, Ending ending) {
        this.bench = bench;
        this.journal = journal;
        this.answers = answers;
        this.ending = ending;
    }

    /** Also for the second time, after a crash. */
    void run(Step.Switching at, Switchover way, String message) {
        String running;
        try {
            answers.switching();
            way.takeOver(Switchovers.images(journal));
            journal.advance(at.start());
            running = way.start();
        } catch (Fault e) {
            undo(new Step.Undoing(at.target(), at.undoPoint(), e.code().name(), e.sentence()), way);
            return;
        } catch (RuntimeException e) {
            log.error("{}: failed", journal.id(), e);
            undo(new Step.Undoing(at.target(), at.undoPoint(), RestoreCode.INTERNAL.name(), e.toString()), way);
            return;
        }
        // From here on nothing may be undone: the old container may be gone already.
        succeeded(at.target(), running, message);
    }

    void succeeded(Target target, String container, String message) {
        RestoreProgress answer = answers.running(container, message);
        ending.end(target, answer);
    }

    /** Also for the second time, after a crash. */
    void undo(Step.Undoing at, Switchover way) {
        journal.advance(at);
        String how;
        try {
            how = way.undo();
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
