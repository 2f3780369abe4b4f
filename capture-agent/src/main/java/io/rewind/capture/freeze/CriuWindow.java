package io.rewind.capture.freeze;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.tracker.FrozenSpace;
import io.rewind.criu.PageMaps;
import io.rewind.criu.ParentImage;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.ProcessMemory;
import io.rewind.runtime.process.TaskTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The window of one CRIU process that waits with a container stopped. */
final class CriuWindow implements Window {
    private static final Logger log = LoggerFactory.getLogger(CriuWindow.class);

    private final int pid;
    private final Dump dump;
    private final Path work;
    private final Path images;
    private final TmpfsArchives.Freeze tmpfs;
    private final Map<String, FileChannel> files = new HashMap<>();
    private final List<ProcessMemory> memories = new ArrayList<>();
    private final List<FrozenSpace> spaces = new ArrayList<>();
    private Dump.Frozen since = Dump.Frozen.now();
    private boolean released;

    CriuWindow(int pid, Dump dump, Path work, Path images, TmpfsArchives.Freeze tmpfs) {
        this.pid = pid;
        this.dump = dump;
        this.work = work;
        this.images = images;
        this.tmpfs = tmpfs;
    }

    /** Takes CRIU's word that everything stands still, and finds out what there is to read. */
    void open() throws IOException {
        since = dump.awaitStop();
        if (!dump.stands()) {
            released = true;
            throw failed();
        }
        tmpfs.inWindow();
        TaskTree tasks = TaskTree.below(pid);
        for (PageMaps.Located located : PageMaps.inFolder(images)) {
            located.requirePages();
            String space = located.map().space();
            FileChannel pages = channel(located.pages());
            if (space.startsWith("shmem-")) {
                spaces.add(new FrozenSpace(space, Optional.empty(), located.map(), CriuWindow::nothing, pages));
            } else {
                ProcessKey task = tasks.byInnerPid().get(Integer.valueOf(space));
                if (task == null) {
                    throw new IOException("process " + space + " of the container is not found on the host");
                }
                ProcessMemory memory = ProcessMemory.of(task.pid());
                memories.add(memory);
                spaces.add(new FrozenSpace(space, Optional.of(task), located.map(), memory, pages));
            }
        }
    }

    private static void nothing(PageRanges pages, ByteBuffer target) throws IOException {
        throw new IOException("pages of shared memory are in their file");
    }

    private FileChannel channel(Path path) {
        return files.computeIfAbsent(path.toString(), p -> {
            try {
                return FileChannel.open(path, StandardOpenOption.READ);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Instant frozenAt() {
        return since.at();
    }

    @Override
    public List<FrozenSpace> spaces() {
        return List.copyOf(spaces);
    }

    @Override
    public long release() {
        // Whoever let it go before us (the limit, a stranger on the port) made what was read worthless.
        boolean stoodStill = TaskTree.isStopped(pid);
        letGo();
        long frozen = System.nanoTime() - since.nanoTime();
        int exit = dump.await();
        if (!stoodStill) {
            dump.giveUpIfPaused();
            throw new Fault(
                    CaptureFault.FREEZE_LIMIT,
                    Severity.RETRYABLE,
                    "the container ran on before everything was read; raise rewind.capture.freeze-limit or capture less");
        }
        if (exit != 0) {
            throw failed();
        }
        settle();
        return frozen;
    }

    private void settle() {
        try {
            tmpfs.settle(images);
            ParentImage.disown(images);
        } catch (IOException e) {
            throw new Fault(CaptureFault.DUMP_FAILED, Severity.RETRYABLE, "CRIU's images: " + e.getMessage(), e);
        }
    }

    private void letGo() {
        released = true;
        dump.letGo();
    }

    private Fault failed() {
        int exit = dump.await();
        boolean limit = exit == DumpGuard.LIMIT_PASSED;
        return new Fault(
                limit ? CaptureFault.FREEZE_LIMIT : CaptureFault.DUMP_FAILED,
                Severity.RETRYABLE,
                limit
                        ? "CRIU did not finish within the freeze limit"
                        : "CRIU cannot dump it: " + DumpLog.reason(work, exit));
    }

    @Override
    public Path images() {
        return images;
    }

    @Override
    public void close() {
        if (!released && !dump.givenUp()) {
            letGo();
        }
        try {
            for (FileChannel file : files.values()) {
                file.close();
            }
            for (ProcessMemory memory : memories) {
                memory.close();
            }
            if (ended()) {
                removeAll();
            } else {
                dump.atEnd(this::removeLater);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean ended() {
        if (dump.givenUp()) {
            return false;
        }
        try {
            dump.await();
            return true;
        } catch (Fault e) {
            log.info("{}", e.sentence());
            return false;
        }
    }

    private void removeLater() {
        try {
            removeAll();
        } catch (IOException | UncheckedIOException e) {
            log.warn("{} is not removed: {}", work, e.getMessage());
        }
    }

    private void removeAll() throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
