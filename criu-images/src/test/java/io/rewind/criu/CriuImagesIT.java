package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through a real dump without memory and a real restore; needs root, perl and CRIU. */
@SuppressWarnings("NullAway.Init")
class CriuImagesIT {
    @TempDir
    Path folder;

    private Criu criu;
    private Path images;
    private Path full;
    private Path work;
    private CountingProcess process;
    private final List<Long> pids = new ArrayList<>();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        criu = Criu.find();
        images = Files.createDirectory(folder.resolve("images"));
        full = Files.createDirectory(folder.resolve("full"));
        work = Files.createDirectory(folder.resolve("work"));
        process = CountingProcess.start(folder);
        pids.add(process.pid());
    }

    @AfterEach
    void end() {
        pids.reversed().forEach(process::kill);
    }

    @Test
    void I7_processOfRebuiltImagesGoesOnWithItsMemory() throws IOException, InterruptedException {
        process.step(1);
        process.step(2);
        process.step(3);
        Map<String, byte[]> seenInWindow = new HashMap<>();

        criu.dumpLazily(process.pid(), images, work, () -> {
            for (PageMaps.Located located : PageMaps.inFolder(images)) {
                seenInWindow.put(located.map().space(), Files.readAllBytes(located.file()));
                rebuild(located);
            }
        });

        List<PageMaps.Located> found = PageMaps.inFolder(images);
        ProcessTree tree = ProcessTree.read(images.resolve(ImageNames.PROCESS_TREE));
        pids.clear();
        tree.processes().forEach(task -> pids.add((long) task.pid()));
        copyTheRest();

        assertThat(tree.processes()).hasSize(2);
        assertThat(tree.processes().getFirst().pid()).isEqualTo((int) process.pid());
        assertThat(tree.processes().getLast().ppid()).isEqualTo((int) process.pid());
        assertThat(found).hasSize(3);
        assertThat(found).anyMatch(located -> located.map().space().startsWith("shmem-"));
        for (PageMaps.Located located : found) {
            byte[] real = Files.readAllBytes(located.file());
            assertThat(Golden.written(located.map())).isEqualTo(real);
            assertThat(seenInWindow.get(located.map().space())).isEqualTo(real);
            located.requirePages();
        }
        assertThat(lazyBytes(found)).isGreaterThan(2 << 20);
        for (PageMaps.Located located : PageMaps.inFolder(full)) {
            located.requirePages();
            assertThat(located.map().absentPages()).isEmpty();
        }

        byte[] fourth = process.step(4);
        process.step(5);
        pids.reversed().forEach(process::kill);
        pids.forEach(CountingProcess::awaitGone);
        criu.restore(full, work);

        assertThat(process.step(4)).isEqualTo(fourth);
    }

    /** Writes the full page map, and a pages file from the old one and from the memory of the frozen process. */
    private void rebuild(PageMaps.Located located) throws IOException {
        ImageRebuild rebuild = ImageRebuild.of(located.map());
        rebuild.allPresent().writeInto(full);
        Map<Long, Run> inFile = new HashMap<>();
        located.map().presentPages().forEach(run -> inFile.put(run.vaddr(), run));
        try (FileChannel out = FileChannel.open(
                full.resolve(rebuild.pagesName()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Run run : rebuild.pageOrder()) {
                Run old = inFile.get(run.vaddr());
                ByteBuffer bytes = old != null
                        ? read(located.pages(), old.fileOffset(), run.bytes())
                        : read(Path.of("/proc", located.map().space(), "mem"), run.vaddr(), run.bytes());
                assertThat(out.position()).isEqualTo(run.fileOffset());
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
        }
    }

    private static ByteBuffer read(Path file, long offset, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                int count = in.read(bytes, offset + bytes.position());
                assertThat(count).isPositive();
            }
        }
        return bytes.flip();
    }

    private void copyTheRest() throws IOException {
        try (Stream<Path> files = Files.list(images)) {
            files.forEach(file -> {
                Path copy = full.resolve(
                        ImageNames.requireAllowed(file.getFileName().toString()));
                try {
                    if (!Files.exists(copy)) {
                        Files.copy(file, copy);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static long lazyBytes(List<PageMaps.Located> found) {
        return found.stream()
                .flatMap(located -> located.map().absentPages().stream())
                .mapToLong(Entry::bytes)
                .sum();
    }
}
