package io.rewind.restore.request;

import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.journal.Journal;
import io.rewind.restore.journal.Step;
import io.rewind.restore.journal.Target;
import io.rewind.restore.switchover.Captured;
import io.rewind.restore.switchover.PresentFiles;
import io.rewind.restore.switchover.Switchover;
import io.rewind.restore.switchover.Switchovers;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.wire.Wire;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a restore: the answer is journaled, published, then what is no longer needed goes. For one thread. */
final class Ending {
    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private final Bench bench;
    private final Journal journal;
    private final Answers answers;

    Ending(Bench bench, Journal journal, Answers answers) {
        this.bench = bench;
        this.journal = journal;
        this.answers = answers;
    }

    /** Refused before there was anything to work on. */
    void refuse(RuntimeException reason) {
        conclude(ended(List.of(), failed(reason)));
    }

    /** Failed while the present container was untouched: what was made for the restore goes. */
    void abandon(Target target, RuntimeException reason) {
        RestoreProgress answer = failed(reason);
        removeMade(target);
        end(target, answer);
    }

    /** The present container was not touched: removes what may have been created. */
    void removeMade(Target target) {
        if (target.way() != Target.Way.IN_PLACE) {
            guarded(() -> EngineBack.await(() -> way(target).undo()));
        }
    }

    void end(Target target, RestoreProgress answer) {
        conclude(ended(List.of(target), answer));
    }

    /** Also for the second time, after a crash. */
    void conclude(Step.Ended ended) {
        RestoreProgress answer = Wire.decode(Base64.getDecoder().decode(ended.result()), RestoreProgress.class);
        answers.publish(answer);
        ended.at().ifPresent(target -> guarded(() -> cleanUp(target, ended.failed())));
        bench.journals().finish(journal, ended.failed());
        bench.metrics().ended(answer);
        log.info("{}: {} {} {}", journal.id(), answer.getState(), answer.getCode(), answer.getMessage());
    }

    private Step.Ended ended(List<Target> target, RestoreProgress answer) {
        String encoded = Base64.getEncoder().encodeToString(Wire.encode(answer));
        return journal.advance(new Step.Ended(target, answer.getState() == RestoreState.FAILED, encoded));
    }

    private RestoreProgress failed(RuntimeException reason) {
        if (reason instanceof Fault fault) {
            return answers.failed(fault.code(), fault.sentence());
        }
        log.error("{}: failed", journal.id(), reason);
        return answers.failed(RestoreCode.INTERNAL, "Something unforeseen went wrong: " + reason);
    }

    private void cleanUp(Target target, boolean failed) {
        Switchover way = way(target);
        if (!failed) {
            guarded(() -> EngineBack.await(way::settle));
        }
        guarded(() -> EngineBack.await(way::sweep));
        if (target.way() == Target.Way.IN_PLACE) {
            PresentFiles present = bench.switchovers().present(journal, target);
            guarded(() -> bench.rebuild().discard(present.images()));
        }
        // Of a failed restore everything but the memory is kept for diagnosis.
        guarded(() -> bench.rebuild().release(Switchovers.images(journal)));
    }

    private Switchover way(Target target) {
        return bench.switchovers().of(journal, target, Captured.UNKNOWN);
    }

    /** What is left over costs room, not correctness. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.warn("{}: something was left over", journal.id(), e);
        }
    }
}
