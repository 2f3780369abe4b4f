package io.rewind.restore.switchover;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.journal.Target;
import io.rewind.runtime.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The container itself goes back: stopped, its files exchanged, started from the images. */
final class InPlace implements Switchover {
    private final Starter starter;
    private final Target target;
    private final String stage;
    private final Path presentImages;

    /** @param stage name of the stages' folders */
    InPlace(Starter starter, Target target, String stage, Path presentImages) {
        this.starter = starter;
        this.target = target;
        this.stage = stage;
        this.presentImages = presentImages;
    }

    @Override
    public Inspected receiver() {
        return starter.engine()
                .inspect(target.container())
                .orElseThrow(() -> RestoreCode.CONTAINER_UNKNOWN.because(target.name() + " is gone."));
    }

    @Override
    public Trees trees() {
        return Trees.of(receiver(), stage);
    }

    /** Where the present is rebuilt before it is given up. */
    PresentFiles present() {
        return new PresentFiles(presentImages, Trees.of(receiver(), "present-" + stage));
    }

    @Override
    public void checkClaims(Set<String> names) {
        Claims.check(trees().places(names), Set.of(target.container()), starter.engine());
    }

    @Override
    public void filesReady() {}

    @Override
    public void takeOver(Path images) {
        starter.engine().kill(target.container());
        trees().exchange();
        starter.prepare(target.container(), images);
    }

    @Override
    public String start() {
        starter.start(target.container());
        return target.container();
    }

    @Override
    public boolean restored() {
        return starter.restored(target.container());
    }

    @Override
    public String undo() {
        String id = target.container();
        starter.pending().clear(id);
        end(id);
        if (!target.wasRunning()) {
            trees().back();
            return "it is stopped, as it was";
        }
        PresentFiles present = present();
        if (Files.isDirectory(present.images())) {
            try {
                present.trees().exchange();
                starter.prepareWhole(id, present.images());
                starter.start(id);
                starter.requireLasting(id);
                return "the present, captured just before, runs again";
            } catch (RuntimeException e) {
                if (e instanceof Fault fault && fault.code() == RestoreCode.ENGINE_UNREACHABLE) {
                    // The present is not to be given up for that: all of this is done again.
                    throw e;
                }
                starter.pending().clear(id);
                end(id);
                present.trees().back();
            }
        }
        trees().back();
        starter.startAnew(id);
        return "it was started anew with its files as they were";
    }

    @Override
    public String lastResort() {
        String kept = trees().keepOld();
        if (!target.wasRunning()) {
            return "it was stopped before and is left as it is" + kept;
        }
        String id = target.container();
        // Else the start would be one more attempt at the restore.
        starter.pending().clear(id);
        starter.startAnew(id);
        return "it was started anew with the files that are there" + kept;
    }

    /** Nothing of it runs any more, nor is about to be cleaned up. */
    private void end(String id) {
        starter.engine().kill(id);
        Shims.awaitGone(id);
    }

    @Override
    public void settle() {
        starter.pending().clear(target.container());
    }

    @Override
    public void sweep() {
        trees().removeStages();
        present().trees().removeStages();
    }

    @Override
    public boolean forwardAfterCrash() {
        return true;
    }
}
