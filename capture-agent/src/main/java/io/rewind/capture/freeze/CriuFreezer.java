package io.rewind.capture.freeze;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.criu.Descriptors;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.TaskTree;
import io.rewind.schemas.mount.MountChoice;
import io.rewind.schemas.mount.Mounted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Freezes with CRIU's dump without memory; see {@link DumpCommand}. */
public final class CriuFreezer implements Freezer {
    private static final int PORT = 27010;

    /** So many containers' archives are kept; of one forgotten all are made again. */
    private static final int ARCHIVES = 512;

    private static final Logger log = LoggerFactory.getLogger(CriuFreezer.class);

    private final Criu criu;
    private final Optional<SparedPages> spared;
    private final FreezeFolders folders;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** A container's life, and what is mounted in it. */
    private record Instance(ProcessKey process, List<String> tmpfs) {}

    private final Map<Instance, TmpfsArchives> archives = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Instance, TmpfsArchives> eldest) {
            return size() > ARCHIVES;
        }
    };

    /**
     * @param spared only with a tracker that does not need the kernel's soft-dirty bits: CRIU clears them
     * @param folder for images; best on tmpfs
     */
    public CriuFreezer(Criu criu, Optional<SparedPages> spared, Path folder) {
        this.criu = criu;
        this.spared = spared;
        ProcessKey own = ProcessKey.of((int) ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("/proc does not show this process"));
        this.folders = new FreezeFolders(folder, own);
        folders.sweep();
    }

    @Override
    public Window freeze(Container container, Duration limit) {
        try {
            Descriptors descriptors = descriptors(container.pid());
            ContainerMounts mounts = ContainerMounts.of(container.pid());
            // A loopback address of its own for each dump: no port to find, none to collide on.
            ThreadLocalRandom random = ThreadLocalRandom.current();
            InetSocketAddress server = new InetSocketAddress(
                    "127." + random.nextInt(64, 255) + "." + random.nextInt(256) + "." + random.nextInt(1, 255), PORT);
            Path work = folders.next();
            Path images = work.resolve("images");
            TmpfsArchives.Freeze tmpfs = archives(container, mounts.tmpfs()).freeze();
            List<String> externals = new ArrayList<>(mounts.externals());
            externals.addAll(tmpfs.externals());
            List<String> command = DumpCommand.of(container, root(container, mounts), externals, images, work, server);
            // Nobody else may read what was in memory.
            Files.createDirectory(
                    work, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectory(images);
            descriptors.writeInto(images);
            Pause pause = Pause.of(container.pid());
            Process process = start(container, command, images, pause, limit);
            Dump dump = new Dump(container, pause, process, criu.version(), server);
            CriuWindow window = new CriuWindow(container.pid(), dump, work, images, tmpfs);
            try {
                window.open();
                return window;
            } catch (RuntimeException | IOException e) {
                window.close();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Fault(CaptureFault.READ_FAILED, Severity.RETRYABLE, "freezing " + container.name() + ": " + e, e);
        }
    }

    private Process start(Container container, List<String> command, Path images, Pause pause, Duration limit)
            throws IOException {
        if (spared.isEmpty()) {
            return criu.start(List.of(), command, images, pause, limit);
        }
        Set<Integer> processes = TaskTree.below(container.pid()).byInnerPid().keySet();
        command.addAll(spared.get().parent(images, processes));
        return criu.start(spared.get().wrapper(), command, images, pause, limit);
    }

    private static Path root(Container container, ContainerMounts mounts) {
        return mounts.root()
                .orElseThrow(() -> new Fault(
                        CaptureFault.READ_FAILED,
                        Severity.RETRYABLE,
                        "the root file system of " + container.name() + " is not mounted on this host"));
    }

    private TmpfsArchives archives(Container container, List<String> points) {
        Optional<ProcessKey> process = ProcessKey.of(container.pid());
        synchronized (archives) {
            return process.map(key -> archives.computeIfAbsent(
                            new Instance(key, points), _ -> new TmpfsArchives(container.pid(), points)))
                    .orElseGet(() -> new TmpfsArchives(container.pid(), points));
        }
    }

    @Override
    public Map<String, Path> trees(Container container) {
        Path upper = MountTable.of(container.pid())
                .upperDirectory()
                .orElseThrow(() -> new Fault(
                        CaptureFault.READ_FAILED,
                        Severity.RETRYABLE,
                        "the root file system of " + container.name()
                                + " is not an overlay; only overlay2 is captured"));
        Map<String, Path> trees = new HashMap<>(Map.of("", upper));
        List<Mounted> chosen = MountChoice.of(container.description());
        if (!chosen.isEmpty()) {
            trees.putAll(VolumeFolders.of(chosen, MountTable.of(1), why -> leftOut(container, why)));
        }
        return trees;
    }

    private void leftOut(Container container, String why) {
        if (said.add(container.id() + why)) {
            log.warn("not part of the points of {}: {}", container.name(), why);
        }
    }

    @Override
    public List<ProcessKey> processes(Container container) {
        try {
            return List.copyOf(TaskTree.below(container.pid()).byInnerPid().values());
        } catch (IOException e) {
            throw new Fault(
                    CaptureFault.READ_FAILED,
                    Severity.RETRYABLE,
                    "the processes of " + container.name() + " cannot be listed: " + e.getMessage(),
                    e);
        }
    }

    private static Descriptors descriptors(int pid) throws IOException {
        List<String> targets = new ArrayList<>();
        for (int fd = 0; fd < 3; fd++) {
            Path link = Path.of("/proc", Integer.toString(pid), "fd", Integer.toString(fd));
            targets.add(
                    Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                            ? Files.readSymbolicLink(link).toString()
                            : "/dev/null");
        }
        return new Descriptors(targets);
    }
}
