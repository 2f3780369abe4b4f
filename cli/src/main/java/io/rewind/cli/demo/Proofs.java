package io.rewind.cli.demo;

import io.rewind.cli.output.Terminal;
import java.util.OptionalLong;

/** Statements checked one after the other, each shown with its outcome. */
final class Proofs {
    /** Between the engine's clock on a line of log and the freeze may lie a round of the workload. */
    private static final long ROUNDS = 2;

    private final Terminal terminal;
    private boolean allHold = true;

    Proofs(Terminal terminal) {
        this.terminal = terminal;
    }

    boolean allHold() {
        return allHold;
    }

    void that(boolean holds, String statement) {
        allHold &= holds;
        terminal.print((holds ? "  proved   " : "  FAILED   ") + statement);
    }

    /** From inside a container that was restored to a moment when it had counted to {@code captured}. */
    void restored(Workload workload, OptionalLong captured) {
        Verdict first =
                workload.await("to go on after the restore", v -> v.resumed().isPresent());
        long resumed = first.resumed().orElseThrow();
        that(
                captured.isPresent() && Math.abs(resumed - captured.getAsLong()) <= ROUNDS,
                workload.container() + " went on counting at " + resumed + "; it was captured at "
                        + (captured.isPresent() ? Long.toString(captured.getAsLong()) : "?"));
        Verdict later = workload.await("to count on", v -> v.memory() > first.memory() || !v.agrees());
        that(
                first.isSound() && later.isSound(),
                workload.container() + " finds its memory (" + later.memory() + ") and its file ("
                        + (later.file().isPresent() ? Long.toString(later.file().getAsLong()) : "gone")
                        + ") in agreement and counts on");
    }
}
