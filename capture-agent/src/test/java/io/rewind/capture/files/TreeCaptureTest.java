package io.rewind.capture.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rewind.capture.staging.Staging;
import io.rewind.event.FileChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeCaptureTest {
    @TempDir
    private Path tree = Path.of("");

    @TempDir
    private Path spool = Path.of("");

    private final TreeModel model = new TreeModel();
    private KnownTree known = KnownTree.EMPTY;

    @BeforeEach
    void needsRoot() {
        assumeThat(TreeReading.isRoot()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void I7_deltasTellWhatTheTreeIs(long seed) {
        Random random = new Random(seed);
        try (TreeActor actor = new TreeActor(tree, random)) {
            for (int point = 0; point < 25; point++) {
                actor.act(random.nextInt(12));
                capture(Set.of(), () -> actor.act(random.nextInt(8)));
            }
        }
    }

    @Test
    void writesWithinOneTickOfTheClockAreNeverMissed() throws IOException {
        Path file = tree.resolve("file");
        for (int i = 0; i < 300; i++) {
            // Two captures and three writes of one size, most of them within one tick.
            byte n = (byte) i;
            Files.write(file, new byte[] {n, 1});
            capture(Set.of(), () -> overwrite(file, n, (byte) 2));
            overwrite(file, n, (byte) 3);
            capture(Set.of(), () -> {});
        }
    }

    @Test
    void aTimeSetBackHidesNothing() throws IOException {
        Path file = Files.writeString(tree.resolve("file"), "before");
        FileTime time = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(file, time);
        capture(Set.of(), () -> {});
        Files.writeString(file, "after!");
        Files.setLastModifiedTime(file, time);
        capture(Set.of(), () -> {});
        assertThat(model.content("file")).asString().isEqualTo("after!");
    }

    @Test
    void whatIsWrittenThroughMemoryIsRead() throws IOException, InterruptedException {
        Path file = Files.write(tree.resolve("file"), new byte[10_000]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 10_000);
            mapped.put(0, (byte) 1);
            settle(file);
            capture(Set.of("file"), () -> {});
            // The page is writable already: this leaves all times as they are.
            mapped.put(1, (byte) 2);
            capture(Set.of("file"), () -> mapped.put(2, (byte) 3));
            assertThat(model.content("file")).startsWith(1, 2, 3);
            mapped.put(3, (byte) 4);
        }
        // Nothing maps it any more, or so it looks from maps: it was written through memory all the same.
        capture(Set.of(), () -> {});
        assertThat(model.content("file")).startsWith(1, 2, 3, 4);
    }

    @Test
    void thousandsOfFilesAreReadOnce() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            Path directory = Files.createDirectories(tree.resolve("d" + i % 40));
            Files.writeString(directory.resolve("f" + i), "content " + i);
        }
        TreeDelta full = capture(Set.of(), () -> {});
        assertThat(full.files()).isEqualTo(2_041);
        assertThat(full.contents()).hasSize(2_000);
        assertThat(full.changedFiles()).isEqualTo(2_000);
        Files.writeString(tree.resolve("d7/f7"), "other");
        TreeDelta delta = capture(Set.of(), () -> {});
        assertThat(delta.changes()).extracting(TreeCaptureTest::path).containsExactly("d7/f7");
        assertThat(delta.contents()).extracting(TreeDelta.StagedBlock::path).containsExactly("d7/f7");
    }

    @Test
    void onlyChangedBlocksOfAFileAreSent() throws IOException {
        byte[] content = new byte[100 * 4096 + 17];
        new Random(4).nextBytes(content);
        Path file = Files.write(tree.resolve("file"), content);
        assertThat(capture(Set.of(), () -> {}).contents()).hasSize(101);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4096), 7 * 4096);
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 50 * 4096 + 11);
        }
        TreeDelta delta = capture(Set.of(), () -> {});
        assertThat(delta.contents()).extracting(TreeDelta.StagedBlock::block).containsExactly(7L, 50L);
        assertThat(delta.contents().getFirst().staged()).isNegative();
    }

    @Test
    void aHoleTakesNoRoom() throws IOException {
        try (FileChannel channel =
                FileChannel.open(tree.resolve("sparse"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 32 << 20);
        }
        assertThat(capture(Set.of(), () -> {}).contents()).hasSize(1);
        assertThat(model.content("sparse")).hasSize((32 << 20) + 1);
    }

    @Test
    void aHardLinkOutlivesItsFirstName() throws IOException {
        Path first = Files.writeString(tree.resolve("a"), "shared");
        Files.createLink(tree.resolve("b"), first);
        Files.createLink(tree.resolve("c"), first);
        capture(Set.of(), () -> {});
        Files.delete(first);
        capture(Set.of(), () -> {});
        assertThat(model.content("b")).asString().isEqualTo("shared");
        Files.writeString(tree.resolve("c"), "both");
        Files.writeString(tree.resolve("a"), "other");
        capture(Set.of(), () -> {});
    }

    @Test
    void aDirectoryBecomesAFileAndAFileADirectory() throws IOException {
        Files.createDirectories(tree.resolve("x/y"));
        Files.writeString(tree.resolve("x/y/z"), "deep");
        Files.writeString(tree.resolve("x-1"), "between x and x/y in byte order");
        Files.writeString(tree.resolve("f"), "file");
        capture(Set.of(), () -> {});
        Files.delete(tree.resolve("x/y/z"));
        Files.delete(tree.resolve("x/y"));
        Files.delete(tree.resolve("x"));
        Files.delete(tree.resolve("x-1"));
        Files.delete(tree.resolve("f"));
        Files.writeString(tree.resolve("x"), "now a file");
        Files.createDirectories(tree.resolve("f/g"));
        capture(Set.of(), () -> {});
    }

    /** One capture with changes between its two passes, applied to the model and compared with the tree. */
    private TreeDelta capture(Set<String> alwaysRead, Runnable between) {
        try (Staging staging = new Staging(spool, 64 << 20, 0);
                TreeCapture capture = new TreeCapture(tree, known, staging)) {
            capture.lookAhead(Set.of());
            between.run();
            TreeDelta delta = capture.inWindow(alwaysRead);
            model.apply(delta, staging);
            known = delta.after();
            assertThat(model.seen()).isEqualTo(TreeReading.of(tree));
            return delta;
        }
    }

    private static void overwrite(Path file, byte... content) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Until the file's times are as old as the agent wants them to trust them. */
    private static void settle(Path file) throws IOException, InterruptedException {
        long written = Files.getLastModifiedTime(file).toMillis();
        while (System.currentTimeMillis() < written + 100) {
            Thread.onSpinWait();
        }
    }

    private static String path(FileChange change) {
        return TreeModel.text(change.getPath());
    }
}
