package io.rewind.restore.journal;

import io.rewind.event.RestoreRequested;
import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.id.RequestId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All restores of this host.
 *
 * <pre>
 *   (request id)/journal.json   one under way, with its private files beside
 *   .finished/(request id)      empty; one that has been answered
 *   .failed/                    files of the last one that failed, for diagnosis
 * </pre>
 *
 * Thread-safe for different requests.
 */
public final class JournalFolder {
    private static final String FINISHED = ".finished";
    private static final String FAILED = ".failed";
    private static final Logger log = LoggerFactory.getLogger(JournalFolder.class);

    private final Path root;
    private final Duration remembered;

    /** @param remembered how long a finished request is known; longer than the broker keeps requests */
    public JournalFolder(Path root, Duration remembered) {
        this.root = root;
        this.remembered = remembered;
        try {
            Files.createDirectories(root.resolve(FINISHED));
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new Fault(RestoreCode.DISK_FAILED, Severity.FATAL, root + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Empty when the request is under way or was answered. Durable when this returns. */
    public Optional<Journal> begin(RestoreRequested request) {
        RequestId id = new RequestId(request.getRequest());
        Path folder = root.resolve(id.text());
        if (Files.exists(root.resolve(FINISHED).resolve(id.text())) || Files.exists(folder.resolve(Journal.FILE))) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(folder);
            return Optional.of(Journal.begin(folder, request));
        } catch (IOException e) {
            throw new Fault(
                    RestoreCode.DISK_FAILED, Severity.RETRYABLE, folder + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** What a service before this one did not finish. */
    public List<Journal> unfinished() {
        List<Journal> journals = new ArrayList<>();
        for (Path folder : list(root)) {
            if (String.valueOf(folder.getFileName()).startsWith(".")) {
                continue;
            }
            if (!Files.exists(folder.resolve(Journal.FILE)) || Files.exists(finished(folder))) {
                // Died before its first entry was whole, and the request comes again; or after its answer was out.
                log.info("{}: nothing to finish, removed", folder);
                remove(root, folder);
                continue;
            }
            try {
                journals.add(Journal.read(folder));
            } catch (IOException | Fault e) {
                log.error("{}: the journal is damaged", folder, e);
            }
        }
        return journals;
    }

    /** Those whose journal is there but cannot be read: what they had begun is not known. */
    public List<RequestId> damaged() {
        Set<String> readable = unfinished().stream().map(j -> j.id().text()).collect(Collectors.toSet());
        return list(root).stream()
                .map(folder -> String.valueOf(folder.getFileName()))
                .filter(name -> !name.startsWith(".") && !readable.contains(name))
                .flatMap(name -> id(name).stream())
                .toList();
    }

    private static Optional<RequestId> id(String text) {
        try {
            return Optional.of(new RequestId(text));
        } catch (Fault e) {
            log.warn("{}: not ours, left alone", text);
            return Optional.empty();
        }
    }

    private Path finished(Path folder) {
        return root.resolve(FINISHED).resolve(String.valueOf(folder.getFileName()));
    }

    /** The answer is out: remembers the request and removes its files, or keeps them when it failed. */
    public void finish(Journal journal, boolean failed) {
        finish(journal.id(), failed);
    }

    /** Also of one whose journal cannot be read. */
    public void finish(RequestId id, boolean failed) {
        Path folder = root.resolve(id.text());
        DurableFile.replace(finished(folder), new byte[0]);
        if (failed) {
            Path kept = root.resolve(FAILED);
            if (Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
                remove(root, kept);
            }
            try {
                Files.move(folder, kept);
                return;
            } catch (IOException e) {
                log.warn("{}: not kept for diagnosis", folder, e);
            }
        }
        remove(root, folder);
    }

    /** Forgets requests that can no longer be delivered. */
    public void sweep(Instant now) {
        for (Path finished : list(root.resolve(FINISHED))) {
            try {
                if (Files.getLastModifiedTime(finished).toInstant().isBefore(now.minus(remembered))) {
                    Files.delete(finished);
                }
            } catch (IOException e) {
                log.warn("{}: not swept", finished, e);
            }
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new Fault(RestoreCode.DISK_FAILED, Severity.FATAL, folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void remove(Path root, Path entry) {
        try (Directory parent = Directory.open(root)) {
            parent.removeTree(PosixPath.of(String.valueOf(entry.getFileName())));
        } catch (RuntimeException e) {
            log.warn("{}: not removed", entry, e);
        }
    }
}
