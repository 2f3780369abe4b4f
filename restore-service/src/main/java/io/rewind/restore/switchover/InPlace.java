package io.rewind.restore.switchover;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.journal.Target;
import io.rewind.restore.tree.Stage;
import java.nio.file.Files;
import java.nio.file.Path;

/** The container itself goes back: stopped, its files exchanged, started from the images. */
final class InPlace implements Switchover {
    private final Starter starter;
    private final Target target;
    private final PresentFiles present;

    InPlace(Starter starter, Target target, PresentFiles present) {
        this.starter = starter;
        this.target = target;
        this.present = present;
    }

    @Override
    public Inspected receiver() {
        return starter.engine()
                .inspect(target.container())
                .orElseThrow(() -> RestoreCode.CONTAINER_UNKNOWN.because(target.name() + " is gone."));
    }

    @Override
    public void filesReady(Stage stage) {}

    @Override
    public void takeOver(Stage stage, Path images) {
        starter.engine().kill(target.container());
        Exchange.into(receiver().upperDirectory(), stage);
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
    public String undo(Stage stage) {
        String id = target.container();
        starter.pending().clear(id);
        starter.engine().kill(id);
        Path upper = receiver().upperDirectory();
        if (!target.wasRunning()) {
            Exchange.back(upper, stage);
            return "it is stopped, as it was";
        }
        if (Files.isDirectory(present.images())) {
            try {
                Exchange.into(upper, present.stage());
                starter.prepareWhole(id, present.images());
                starter.start(id);
                starter.requireLasting(id);
                return "the present, captured just before, runs again";
            } catch (RuntimeException e) {
                starter.pending().clear(id);
                starter.engine().kill(id);
                Exchange.back(upper, present.stage());
            }
        }
        Exchange.back(upper, stage);
        starter.engine().start(id);
        return "it was started anew with its files as they were";
    }

    @Override
    public String lastResort() {
        if (!target.wasRunning()) {
            return "it was stopped before and is left as it is";
        }
        String id = target.container();
        // Else the start would be one more attempt at the restore.
        starter.pending().clear(id);
        starter.engine().start(id);
        return "it was started anew with the files that are there";
    }

    @Override
    public void settle() {
        starter.pending().clear(target.container());
    }

    @Override
    public boolean forwardAfterCrash() {
        return true;
    }
}
