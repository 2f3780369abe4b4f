package io.rewind.capture.freeze;

import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names of the folders that freezes work in, {@code freeze-(pid)-(start time)-(number)}: they hold images of processes, and
 * what an agent that was killed left behind is found by its name and removed by the next one.
 */
final class FreezeFolders {
    private static final Pattern NAME = Pattern.compile("freeze-([0-9]{1,9})-([0-9]{1,18})-[0-9]+");
    private static final Logger log = LoggerFactory.getLogger(FreezeFolders.class);

    private final Path parent;
    private final ProcessKey owner;
    private final AtomicLong next = new AtomicLong();

    FreezeFolders(Path parent, ProcessKey owner) {
        this.parent = parent;
        this.owner = owner;
    }

    /** Not made yet. */
    Path next() {
        return parent.resolve("freeze-" + owner.pid() + "-" + owner.startTime() + "-" + next.getAndIncrement());
    }

    /** Removes those of agents that are no more. */
    void sweep() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, "freeze-*");
                Directory directory = Directory.open(parent)) {
            for (Path folder : found) {
                String name = String.valueOf(folder.getFileName());
                Matcher owned = NAME.matcher(name);
                if (owned.matches() && !ownerOf(owned).isAlive()) {
                    directory.removeTree(PosixPath.of(name));
                    log.info("removed {}, left by an agent that is gone", folder);
                }
            }
        } catch (IOException | ErrnoException e) {
            log.warn("what killed agents left in {} is not removed: {}", parent, e.getMessage());
        }
    }

    private static ProcessKey ownerOf(Matcher name) {
        return new ProcessKey(Integer.parseInt(name.group(1)), Long.parseLong(name.group(2)));
    }
}
