package io.rewind.restore.switchover;

import io.rewind.event.PortBinding;
import io.rewind.restore.journal.Journal;
import io.rewind.restore.journal.Target;
import io.rewind.restore.late.LateMemory;
import io.rewind.restore.tree.Stage;
import java.nio.file.Path;
import java.util.List;

/** The way that a target says, and where its files lie; the same before and after a crash. Thread-safe. */
public final class Switchovers {
    private final Starter starter;
    private final LateMemory memory;

    public Switchovers(Starter starter, LateMemory memory) {
        this.starter = starter;
        this.memory = memory;
    }

    /** Of a container that was started. */
    public LateMemory memory() {
        return memory;
    }

    /** @throws io.rewind.runtime.fault.Fault RESTORE_FAILED when what was started ends at once */
    public void requireLasting(String container) {
        starter.requireLasting(container);
    }

    /** @param spec of the captured container; may be empty after a crash */
    public Switchover of(Journal journal, Target target, byte[] spec) {
        return switch (target.way()) {
            case IN_PLACE -> new InPlace(starter, target, present(journal, target));
            case REPLACED ->
                new Replaced(
                        starter,
                        target,
                        journal.id(),
                        new SavedSpec(journal.folder().resolve("old.json")));
            case CLONE ->
                new Beside(starter, target, journal.id(), journal.request().getPorts(), spec);
        };
    }

    /** Images of the point. */
    public static Path images(Journal journal) {
        return journal.folder().resolve("images");
    }

    /** Beside the files of the container that is to run. */
    public static Stage stage(Journal journal, Path upper) {
        return new Stage(upper.resolveSibling("rewind-" + journal.id()));
    }

    /** Where the present of a container is rebuilt when it has to be put back. */
    public PresentFiles present(Journal journal, Target target) {
        Path upper = starter.engine()
                .inspect(target.container())
                .map(c -> c.upperDirectory())
                .orElse(journal.folder().resolve("gone"));
        return new PresentFiles(
                journal.folder().resolve("present"), new Stage(upper.resolveSibling("rewind-present-" + journal.id())));
    }

    /** What a clone will not have, a clause each. */
    public List<String> leftOut(Journal journal, Target target, byte[] spec) {
        List<PortBinding> ports = journal.request().getPorts();
        return target.way() == Target.Way.CLONE
                ? Beside.leftOut(spec, ports, journal.id(), starter.engine())
                : List.of();
    }
}
