package io.rewind.restore.switchover;

import io.rewind.restore.engine.Inspected;
import io.rewind.restore.journal.Journal;
import io.rewind.restore.journal.Target;
import io.rewind.restore.late.LateMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

    public Switchover of(Journal journal, Target target, Captured captured) {
        return switch (target.way()) {
            case IN_PLACE -> inPlace(journal, target);
            case REPLACED ->
                new Replaced(
                        starter,
                        target,
                        journal.id(),
                        new SavedSpec(journal.folder().resolve("old.json")),
                        stage(journal));
            case CLONE -> beside(journal, target, captured, OptionalInt.empty());
        };
    }

    /**
     * The way of a clone that gets its memory while it runs.
     *
     * @param pageServer port on this host's loopback
     */
    public Switchover cloneServed(Journal journal, Target target, Captured captured, int pageServer) {
        return beside(journal, target, captured, OptionalInt.of(pageServer));
    }

    /** Whether memory may come after the start of what is in these images, which need no pages yet. */
    public boolean suitsLate(Path images) {
        return starter.suitsLate(images);
    }

    private InPlace inPlace(Journal journal, Target target) {
        return new InPlace(starter, target, stage(journal), journal.folder().resolve("present"));
    }

    private Beside beside(Journal journal, Target target, Captured captured, OptionalInt pageServer) {
        return new Beside(
                starter, target, journal.id(), journal.request().getPorts(), captured, stage(journal), pageServer);
    }

    /** Images of the point. */
    public static Path images(Journal journal) {
        return journal.folder().resolve("images");
    }

    private static String stage(Journal journal) {
        return "rewind-" + journal.id();
    }

    /** Where the present of a container is rebuilt when it has to be put back. */
    public PresentFiles present(Journal journal, Target target) {
        return inPlace(journal, target).present();
    }

    /** What a clone will not have, or what is not rolled back, a clause each. */
    public List<String> leftOut(Journal journal, Target target, Captured captured) {
        if (target.way() == Target.Way.CLONE) {
            return beside(journal, target, captured, OptionalInt.empty()).leftOut();
        }
        Map<String, Path> mounts = starter.engine()
                .inspect(target.container())
                .map(Inspected::mounts)
                .orElse(Map.of());
        List<Path> back = captured.trees().stream()
                .flatMap(name -> Optional.ofNullable(mounts.get(name)).stream())
                .toList();
        return mounts.entrySet().stream()
                .filter(mount -> back.stream().noneMatch(mount.getValue()::startsWith))
                .map(mount -> "what is mounted at " + mount.getKey() + " was left as it is")
                .toList();
    }
}
