package io.rewind.restore.switchover;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.tree.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Exchanges a container's files for a tree built beside them, by two renames. The container must not run. */
final class Exchange {
    private Exchange() {}

    /** What stood there is in the stage's old folder afterwards. Done already, it changes nothing. */
    static void into(Path upper, Stage stage) {
        if (!there(stage.tree())) {
            return;
        }
        if (there(upper)) {
            move(upper, stage.old());
        }
        move(stage.tree(), upper);
    }

    /** The other way round: the old files are back, and the tree is gone to where they were kept. */
    static void back(Path upper, Stage stage) {
        if (!there(stage.old())) {
            return;
        }
        if (there(upper)) {
            move(upper, stage.tree());
        }
        move(stage.old(), upper);
    }

    private static boolean there(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(
                    "The container's files cannot be exchanged: " + e.getMessage() + ".", e);
        }
    }
}
