package io.rewind.restore.request;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.journal.Journal;
import io.rewind.restore.journal.Step;
import io.rewind.restore.journal.Target;
import io.rewind.restore.switchover.Captured;
import io.rewind.restore.switchover.Switchover;
import io.rewind.restore.time.TimeLine;
import java.util.Optional;

/**
 * Finishes or undoes what a service that died has left: before anything was touched it is answered as interrupted; later
 * the container that ought to run is made to.
 */
final class Recovery {
    private static final String SENTENCE = "The restore service was stopped in the middle";

    private final Bench bench;
    private final Journal journal;
    private final Answers answers;
    private final Ending ending;
    private final SwitchStep switching;

    Recovery(Bench bench, Journal journal, Answers answers) {
        this.bench = bench;
        this.journal = journal;
        this.answers = answers;
        this.ending = new Ending(bench, journal, answers);
        this.switching = new SwitchStep(bench, journal, answers, ending, new TimeLine(), Optional.empty());
    }

    void run() {
        journal.step().at().ifPresent(t -> answers.about(t.name(), t.timeline(), t.point()));
        switch (journal.step()) {
            case Step.Accepted _ -> ending.refuse(interrupted());
            case Step.Preparing at -> ending.abandon(at.target(), interrupted());
            case Step.Switching at -> again(at);
            case Step.Starting at -> {
                Switchover way = way(at.target());
                if (way.restored()) {
                    answers.undoneBy(at.undoPoint());
                    switching.started(at, way, way.receiver().id(), message(at.target()));
                } else {
                    again(new Step.Switching(at.target(), at.undoPoint()));
                }
            }
            case Step.Arriving at -> {
                answers.undoneBy(at.undoPoint());
                switching.arrive(
                        at, way(at.target()), answers.runningWithoutAllMemory(at.running(), message(at.target())));
            }
            case Step.Undoing at -> {
                answers.undoneBy(at.undoPoint());
                switching.undo(at, way(at.target()));
            }
            case Step.Ended at -> ending.conclude(at);
        }
    }

    private void again(Step.Switching at) {
        answers.undoneBy(at.undoPoint());
        Switchover way = way(at.target());
        if (way.forwardAfterCrash()) {
            switching.run(at, way, message(at.target()));
        } else {
            switching.undo(
                    new Step.Undoing(at.target(), at.undoPoint(), RestoreCode.INTERRUPTED.name(), SENTENCE), way);
        }
    }

    private Switchover way(Target target) {
        return bench.switchovers().of(journal, target, Captured.UNKNOWN);
    }

    private static String message(Target target) {
        return target.name() + " runs; the restore service was started anew in the middle.";
    }

    private static RuntimeException interrupted() {
        return RestoreCode.INTERRUPTED.because(SENTENCE + "; nothing was touched, ask again.");
    }
}
