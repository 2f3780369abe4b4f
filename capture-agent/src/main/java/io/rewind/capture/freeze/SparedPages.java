package io.rewind.capture.freeze;

import io.rewind.criu.Entry;
import io.rewind.criu.PageMaps;
import io.rewind.criu.ParentImage;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.process.TaskTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares CRIU the pages. Even a dump without memory puts each page of a process into a pipe while everything stands still,
 * and takes it out again. What CRIU finds in a parent image and not written since it leaves alone; so it gets a
 * {@link ParentImage} that claims to have everything. That this kernel shows written pages it believes of its own notes
 * (criu.kdat) only: it gets a copy of them, which nobody else sees, in a mount namespace of its own. Nothing is missed, for
 * the agent reads what was left alone unless its tracker vouches for it, as it does with any page that is not in CRIU's images.
 */
public final class SparedPages {
    private static final Logger log = LoggerFactory.getLogger(SparedPages.class);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

    /** {@code has_dirty_track} of struct kerndat_s, criu/include/kerndat.h; the probe tells if that is no longer so. */
    private static final int WRITTEN_PAGES_SEEN = 32;

    private static final String NOTES = "/run/criu.kdat";

    /** CRIU keeps notes on a tmpfs only. */
    private static final String MAKE =
            "mount -t tmpfs none /run && { \"$0\" check >/dev/null 2>&1; cat " + NOTES + "; }";

    private static final String USE = """
            mount --bind "$0" %1$s 2>/dev/null || { : >%1$s && mount --bind "$0" %1$s; } && exec "$@"
            """.formatted(NOTES);

    private final Path notes;

    private SparedPages(Path notes) {
        this.notes = notes;
    }

    /**
     * Finds out whether it works on this host, by a dump of a process of our own.
     *
     * @param folder for the notes; nobody else may write there
     */
    public static Optional<SparedPages> of(Criu criu, Path folder) {
        try {
            SparedPages spared = new SparedPages(
                    Files.write(Files.createDirectories(folder).resolve("criu.kdat"), notes(criu.program())));
            if (spared.works(criu, folder.resolve("probe"))) {
                log.info("CRIU is spared the pages");
                return Optional.of(spared);
            }
            log.info("CRIU goes through all pages: it does not look for them in a parent image");
            return Optional.empty();
        } catch (IOException | Fault e) {
            log.info("CRIU goes through all pages: {}", e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static byte[] notes(String program) throws IOException, InterruptedException {
        Process making = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-c", MAKE, program)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] notes = making.getInputStream().readAllBytes();
        if (making.waitFor() != 0 || notes.length <= WRITTEN_PAGES_SEEN || (notes[WRITTEN_PAGES_SEEN] & ~1) != 0) {
            throw new IOException("its notes about the kernel are not as expected");
        }
        notes[WRITTEN_PAGES_SEEN] = 1;
        return notes;
    }

    /** What a command line of CRIU begins with. */
    List<String> wrapper() {
        return List.of("unshare", "--mount", "--propagation", "slave", "sh", "-c", USE, notes.toString());
    }

    /**
     * Makes the parent image, beside the folder of images.
     *
     * @param processes by their pids in the container
     * @return arguments for a dump into {@code images}
     */
    List<String> parent(Path images, Set<Integer> processes) throws IOException {
        ParentImage.write(images.resolveSibling("parent"), processes);
        return List.of("--track-mem", "--prev-images-dir", "../parent");
    }

    private boolean works(Criu criu, Path work) throws IOException, InterruptedException {
        // A session of its own, or CRIU would want its leader, too. It ends with its input.
        List<String> command = Stream.concat(wrapper().stream(), Stream.of("setsid", "sh", "-c", "echo; read x"))
                .toList();
        // Pipes only: a file that is open in our namespace is of no mount that CRIU sees.
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            if (process.getInputStream().read() < 0) {
                throw new IOException("no mount namespace can be made");
            }
            // Where the kernel does show written pages, all are written until they were shown once.
            boolean alone = dump(criu, work, process);
            return alone || dump(criu, work, process);
        } finally {
            process.destroyForcibly();
        }
    }

    /** @return whether it left pages alone */
    private boolean dump(Criu criu, Path work, Process process) throws IOException, InterruptedException {
        Path images = Files.createDirectories(work.resolve("images"));
        try {
            Set<Integer> inner =
                    TaskTree.below((int) process.pid()).byInnerPid().keySet();
            List<String> dump = new ArrayList<>(List.of("dump", "--tree", Long.toString(process.pid())));
            dump.addAll(List.of("--images-dir", images.toString(), "--work-dir", work.toString(), "-v1"));
            dump.addAll(List.of("--log-file", DumpLog.NAME, "--leave-running"));
            dump.addAll(List.of("--manage-cgroups=ignore", "--network-lock", "skip"));
            dump.addAll(parent(images, inner));
            // In the same mount namespace, or CRIU would have to dump all the mounts of the host.
            List<String> beside = List.of("nsenter", "--mount=/proc/" + process.pid() + "/ns/mnt");
            int code =
                    criu.start(beside, dump, images, Pause.NEVER, PROBE_LIMIT).waitFor();
            if (code != 0 || !process.isAlive()) {
                throw new IOException("a dump with a parent image fails: " + DumpLog.reason(work, code));
            }
            return PageMaps.inFolder(images).stream()
                    .flatMap(located -> located.map().entries().stream())
                    .anyMatch(Entry::inParent);
        } finally {
            remove(work);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
