package io.rewind.capture.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rewind.capture.staging.Staging;
import io.rewind.event.FileChange;
import io.rewind.runtime.posix.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** So long after the last change that only what differs in its times is read in the window. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void I2_whatChangesAfterARestIsFoundByItsTimes(long seed) throws IOException {
        Random random = new Random(seed);
        try (TreeActor actor = new TreeActor(tree, random)) {
            actor.act(30);
            for (int point = 0; point < 15; point++) {
                settle(Files.writeString(spool.resolve("now"), ""));
                capture(Set.of(), () -> actor.act(random.nextInt(10)));
            }
        }
    }

    @Test
    void I2_directoriesThatChangePlacesAfterARestAreFound() throws IOException {
        for (String name : List.of("a/deep/f", "b/deep/g", "c/h", "d")) {
            Path file = tree.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            settle(Files.writeString(file, name));
        }
        settle(Files.createLink(tree.resolve("c/linked"), tree.resolve("d")));
        capture(Set.of(), () -> {
            move("a", "was-a");
            move("b", "a");
            move("was-a/deep", "a/shallow");
        });
        settle(tree.resolve("a"));
        capture(Set.of(), () -> {
            move("c/linked", "c/h");
            move("a/deep/g", "a/deep-g");
            move("a/deep", "a/shallow/deep");
            move("a/deep-g", "a/deep");
        });
        assertThat(model.content("a/deep")).asString().isEqualTo("b/deep/g");
    }

    private void move(String from, String to) {
        try {
            Files.move(tree.resolve(from), tree.resolve(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
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
    void aHundredThousandFilesAreReadOnce() throws IOException {
        for (int d = 0; d < 100; d++) {
            Path directory = Files.createDirectory(tree.resolve("d" + d));
            for (int f = 0; f < 1_000; f++) {
                Files.createFile(directory.resolve("f" + f));
            }
            Files.writeString(directory.resolve("f7"), "content " + d);
        }
        TreeDelta full = alone(KnownTree.EMPTY);
        assertThat(full.files()).isEqualTo(100_101);
        assertThat(full.changedFiles()).isEqualTo(100_000);
        assertThat(full.contents()).hasSize(100);
        Files.writeString(tree.resolve("d7/f7"), "other");
        TreeDelta delta = alone(full.after());
        assertThat(delta.changes()).extracting(TreeCaptureTest::path).containsExactly("d7/f7");
        assertThat(delta.contents()).extracting(TreeDelta.StagedBlock::path).containsExactly("d7/f7");
    }

    @Test
    void whatGrowsWhileItIsReadIsWholeInTheEnd() throws Exception {
        Path file = Files.write(tree.resolve("log"), new byte[0]);
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Future<Integer> written = writer.submit(() -> {
                int lines = 0;
                while (!stop.get() || lines < 20_000) {
                    Files.writeString(file, "line " + lines++ + "\n", StandardOpenOption.APPEND);
                }
                return lines;
            });
            try (Staging staging = new Staging(spool, 64 << 20, 0);
                    TreeCapture capture = new TreeCapture(tree, known, staging)) {
                for (int i = 0; i < 20; i++) {
                    capture.lookAhead(Set.of());
                }
                stop.set(true);
                int last = written.get() - 1;
                capture.inWindow(Set.of());
                model.apply(capture.delta(), staging);
                assertThat(model.content("log")).asString().endsWith("line " + last + "\n");
                assertThat(model.seen()).isEqualTo(TreeReading.of(tree));
            }
        }
    }

    /** CAP_NET_BIND_SERVICE; "user 1001 may read"; an opaque directory, and one renamed from the layers below. */
    @Test
    void attributesThatMeanSomethingAreKept() throws IOException {
        Files.writeString(tree.resolve("program"), "");
        Files.createDirectories(tree.resolve("opaque"));
        Files.createDirectories(tree.resolve("renamed"));
        byte[] capability = HexFormat.of().parseHex("0100000200040000000000000000000000000000");
        byte[] acl = HexFormat.of()
                .parseHex("02000000" + "01000600ffffffff" + "02000400e9030000" + "04000400ffffffff" + "10000400ffffffff"
                        + "20000400ffffffff");
        try (Directory root = Directory.open(tree)) {
            root.setXattr(bytes("program"), bytes("security.capability"), capability);
            root.setXattr(bytes("program"), bytes("system.posix_acl_access"), acl);
            root.setXattr(bytes("opaque"), bytes("trusted.overlay.opaque"), bytes("y"));
            root.setXattr(bytes("opaque"), bytes("trusted.overlay.origin"), bytes("of this mount only"));
            root.setXattr(bytes("renamed"), bytes("trusted.overlay.redirect"), bytes("/from"));
        }
        Map<String, String> xattrs = new HashMap<>();
        for (FileChange change : alone(KnownTree.EMPTY).changes()) {
            change.getMeta()
                    .ifPresent(meta -> meta.getXattrs()
                            .forEach(x -> xattrs.put(
                                    path(change) + " " + TreeModel.text(x.getName()),
                                    HexFormat.of().formatHex(bytes(TreeModel.text(x.getValue()))))));
        }
        assertThat(xattrs)
                .isEqualTo(Map.of(
                        "program security.capability",
                        HexFormat.of().formatHex(capability),
                        "program system.posix_acl_access",
                        HexFormat.of().formatHex(acl),
                        "opaque trusted.overlay.opaque",
                        "79",
                        "renamed trusted.overlay.redirect",
                        "2f66726f6d"));
    }

    @Test
    void whatWasRenamedIsGoneAndThereAgain() throws IOException {
        Files.createDirectories(tree.resolve("old/below"));
        Files.writeString(tree.resolve("old/below/file"), "content");
        Files.writeString(tree.resolve("a"), "of a");
        Files.writeString(tree.resolve("b"), "of b!");
        capture(Set.of(), () -> {});
        Files.move(tree.resolve("old"), tree.resolve("new"));
        Files.move(tree.resolve("a"), tree.resolve("c"));
        Files.move(tree.resolve("b"), tree.resolve("a"));
        Files.move(tree.resolve("c"), tree.resolve("b"));
        capture(Set.of(), () -> {});
        assertThat(model.has("old/below/file")).isFalse();
        assertThat(model.content("new/below/file")).asString().isEqualTo("content");
        assertThat(model.content("a")).asString().isEqualTo("of b!");
    }

    @Test
    void everyTreeOfAContainerIsReadAndItsMappedFilesFound() throws IOException {
        Path upper = Files.createDirectories(tree.resolve("upper/data"));
        Path volume = Files.createDirectories(tree.resolve("volume"));
        Files.writeString(upper.resolve("hidden"), "below the mount");
        Path mapped = Files.writeString(volume.resolve("mapped"), "before");
        Map<String, Path> folders = Map.of("", tree.resolve("upper"), "/data", volume);
        Map<String, KnownTree> known = new HashMap<>();
        TreeModel ofVolume = new TreeModel();
        for (String content : List.of("before", "after!")) {
            try (FileChannel channel = FileChannel.open(mapped, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    Staging staging = new Staging(spool, 64 << 20, 0);
                    TreeCaptures captures = new TreeCaptures(folders, known, staging)) {
                settle(mapped);
                var memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, 6);
                memory.put(0, memory.get(0));
                captures.lookAhead(Set.of("data/mapped"));
                memory.put(0, content.getBytes(StandardCharsets.ISO_8859_1));
                captures.inWindow(Set.of("data/mapped"));
                SortedMap<String, TreeDelta> deltas = captures.deltas();
                ofVolume.apply(Objects.requireNonNull(deltas.get("/data")), staging);
                deltas.forEach((name, delta) -> known.put(name, delta.after()));
            }
            assertThat(ofVolume.content("mapped")).asString().isEqualTo(content);
        }
        assertThat(Objects.requireNonNull(known.get("")).entries()).containsKey("data/hidden");
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
            capture.inWindow(alwaysRead);
            TreeDelta delta = capture.delta();
            model.apply(delta, staging);
            known = delta.after();
            assertThat(model.seen()).isEqualTo(TreeReading.of(tree));
            return delta;
        }
    }

    /** One capture that nobody's model follows. */
    private TreeDelta alone(KnownTree before) {
        try (Staging staging = new Staging(spool, 64 << 20, 0);
                TreeCapture capture = new TreeCapture(tree, before, staging)) {
            capture.lookAhead(Set.of());
            capture.inWindow(Set.of());
            return capture.delta();
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
    private static void settle(Path file) throws IOException {
        long written = Files.getLastModifiedTime(file).toMillis();
        while (System.currentTimeMillis() < written + 100) {
            Thread.onSpinWait();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String path(FileChange change) {
        return TreeModel.text(change.getPath());
    }
}
