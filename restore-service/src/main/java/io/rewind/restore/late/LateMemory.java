package io.rewind.restore.late;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How far the memory of started containers has come; it comes without us, and we may be started anew meanwhile. The layout
 * is the runtime script's.
 *
 * <pre>
 *   (container id)/work          the same folder before the container runs
 *   (container id).late/daemon   pid of the shell that waits for the lazy-pages daemon, in this folder
 *   (container id).late/running  pid of the container's first process, once it runs
 *   (container id).late/ended    the daemon's exit status, once it ended; 0: all came, or the processes are gone
 * </pre>
 */
public final class LateMemory {
    /** Of one container. */
    public enum Arrival {
        /** It was started with all of its memory. */
        NONE,
        UNDER_WAY,
        COMPLETE,
        /** What has not come never will; the processes have been killed, or are to be. */
        FAILED
    }

    /** Of a process that was killed. */
    private static final Duration GOING = Duration.ofSeconds(5);

    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private final Path root;

    /** @param root where the OCI runtime looks for pending restores */
    public LateMemory(Path root) {
        this.root = root;
    }

    public Arrival of(String container) {
        Path folder = root.resolve(container + ".late");
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Arrival.NONE;
        }
        boolean alive = isAlive(folder);
        // Asked second: it tells before it ends.
        return read(ended(folder))
                .map(status -> status.equals("0") ? Arrival.COMPLETE : Arrival.FAILED)
                .orElse(alive ? Arrival.UNDER_WAY : Arrival.FAILED);
    }

    /** Waits for the end; still UNDER_WAY when the limit has passed. */
    public Arrival await(String container, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        Arrival now = of(container);
        while (now == Arrival.UNDER_WAY && System.nanoTime() < until) {
            LockSupport.parkNanos(POLL_NANOS);
            now = of(container);
        }
        return now;
    }

    /** When the memory was all there; only for one that is COMPLETE. */
    public Instant completeAt(String container) {
        try {
            return Files.getLastModifiedTime(ended(root.resolve(container + ".late")))
                    .toInstant();
        } catch (IOException e) {
            return Instant.now();
        }
    }

    private static Path ended(Path folder) {
        return folder.resolve("ended");
    }

    /** The lazy-pages daemon of a container, and what it is run by; also while that is being started. */
    public Stream<ProcessHandle> daemons(String container) {
        return Stream.of(root.resolve(container).resolve("work"), root.resolve(container + ".late"))
                .filter(LateMemory::isAlive)
                .flatMap(folder -> pid(folder.resolve("daemon")).stream())
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .flatMap(ProcessHandle::descendants);
    }

    /**
     * Kills a container that runs and will lack memory. When this returns it is gone, or does not go: a daemon that ends
     * before would leave it zeros. Nothing is done of one that has not come to run, which the runtime kills itself.
     */
    public void kill(String container) {
        pid(root.resolve(container + ".late").resolve("running"))
                .filter(pid -> isOf(container, pid))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .ifPresent(first -> {
                    boolean _ = first.destroyForcibly();
                    // It is gone only after all others of its namespace.
                    long until = System.nanoTime() + GOING.toNanos();
                    while (first.isAlive() && System.nanoTime() < until) {
                        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                    }
                });
    }

    /** A pid may have been given to another process meanwhile. */
    private static boolean isOf(String container, String pid) {
        return read(Path.of("/proc", pid, "cgroup"))
                .filter(cgroups -> cgroups.contains(container))
                .isPresent();
    }

    /** A pid may have been given to another process meanwhile; that is elsewhere. */
    private static boolean isAlive(Path folder) {
        Optional<String> pid = pid(folder.resolve("daemon"));
        try {
            return pid.isPresent()
                    && Files.readSymbolicLink(Path.of("/proc", pid.get(), "cwd"))
                            .equals(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> pid(Path file) {
        return read(file).filter(text -> text.matches("[0-9]{1,10}"));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("unreadable");
        }
    }
}
