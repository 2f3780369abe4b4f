package io.rewind.restore.switchover;

import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.connection.ConnectionChoice;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Restores that the OCI runtime is to do at the next start of a container; the layout is the runtime script's. Container
 * ids are the engine's own.
 *
 * <pre>
 *   (container id)/images      link to the folder of images
 *   (container id)/criu.conf   options for CRIU
 *   (container id)/flags       flags for runc restore, one a line
 *   (container id)/page-server port, on this host's loopback, of a page server that has the memory that comes after the start
 *   (container id)/work        CRIU's log, once it ran
 *   (container id).late        see {@link io.rewind.restore.late.LateMemory}
 * </pre>
 */
public final class Pending {
    private static final String LATE = "--lazy-pages\n";
    /** Not for runc: a runtime script that does not know page servers fails with it, where it would bring zeros. */
    private static final String SERVED = "--page-server\n";

    private static final int LOG_BYTES = 64 << 20;
    /** What CRIU logs as an error whatever went wrong, and its helper for cgroups also where nothing did. */
    private static final List<String> GOODBYES = List.of("Restoring FAILED", "cgroupd: recv req error");

    private final Path root;

    public Pending(Path root) {
        this.root = root;
    }

    /**
     * Whole or not at all.
     *
     * @param memory when it comes, and from where
     */
    void put(String container, Path images, boolean ownNetwork, ConnectionChoice connections, MemoryChoice memory) {
        clear(container);
        Path fresh = root.resolve(".new-" + container);
        try {
            Files.createDirectories(root);
            remove(fresh);
            Files.createDirectory(fresh);
            Files.createSymbolicLink(fresh.resolve("images"), images.toAbsolutePath());
            boolean keep = connections == ConnectionChoice.KEEP;
            // That connections are to be kept runc tells CRIU itself, whatever the file says; it has no word for the
            // opposite.
            Files.writeString(fresh.resolve("criu.conf"), (keep ? "" : "tcp-close\n") + "network-lock skip\n");
            Files.writeString(
                    fresh.resolve("flags"),
                    "--file-locks\n"
                            + (keep ? "--tcp-established\n" : "")
                            + (ownNetwork ? "--empty-ns\nnetwork\n" : "")
                            + (memory.port().isPresent() ? SERVED : "")
                            + (memory.late() ? LATE : ""));
            if (memory.port().isPresent()) {
                Files.writeString(fresh.resolve("page-server"), memory.port().getAsInt() + "\n");
            }
            Files.move(fresh, root.resolve(container));
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(root + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** Whether the runtime has not taken it yet, or failed with it. */
    boolean waits(String container) {
        return Files.exists(root.resolve(container), LinkOption.NOFOLLOW_LINKS);
    }

    /** The memory is not to come after the start any more. Returns whether it was, and can do without. */
    boolean notLate(String container) {
        Path flags = root.resolve(container).resolve("flags");
        try {
            String text = Files.exists(flags) ? Files.readString(flags) : "";
            if (!text.contains(LATE) || text.contains(SERVED)) {
                return false;
            }
            Files.writeString(flags, text.replace(LATE, ""));
            return true;
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(flags + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** CRIU's first error that tells something, when it ran and failed, and its last one; those between repeat it. */
    Optional<String> error(String container) {
        Path log = root.resolve(container).resolve("work").resolve("restore.log");
        try {
            if (!Files.isRegularFile(log) || Files.size(log) > LOG_BYTES) {
                return Optional.empty();
            }
            try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
                List<String> errors = lines.lines()
                        .filter(line -> line.contains("Error ("))
                        .filter(line -> GOODBYES.stream().noneMatch(line::contains))
                        .map(line -> line.replaceFirst("^\\([0-9.]+\\)\\s*", "").strip())
                        .toList();
                return errors.stream()
                        .reduce((first, last) -> last)
                        .map(last -> errors.size() == 1 ? last : errors.getFirst() + "; then " + last);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The next start is an ordinary one. */
    void clear(String container) {
        remove(root.resolve(container));
        remove(root.resolve(container + ".late"));
    }

    private void remove(Path folder) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Directory parent = Directory.open(root)) {
                parent.removeTree(PosixPath.of(String.valueOf(folder.getFileName())));
            }
        }
    }
}
