package io.rewind.restore.rebuild;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.filled;
import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rewind.criu.PageMap;
import io.rewind.event.FileType;
import io.rewind.event.Xattr;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.fixture.Recipes;
import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.StreamPart;
import io.rewind.restore.tree.Stage;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.FileStat;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A point in a store in memory becomes files; run as root, as the service is. */
class PointRebuildTest {
    private static final TimelineId TIMELINE = new TimelineId("a".repeat(64));
    private static final long MTIME = 1_700_000_000_123_456_789L;

    @TempDir
    Path folder;

    private final FakePoints points = new FakePoints();
    private PagesPlace place = PagesPlace.onDisk();

    private Stage rebuild(FakePoints.Draft draft) {
        PointId point = draft.commit(TIMELINE.text(), "c", "web", Instant.EPOCH.plusSeconds(9), new byte[0]);
        PointRebuild rebuild = new PointRebuild(points, new Limits(1000, 1000, 1 << 24), place, bytes -> {});
        Stage stage = new Stage(folder.resolve("stage"));
        rebuild.run(
                TIMELINE, rebuild.plan(TIMELINE, point), folder.resolve("images"), Map.of("", stage), percent -> {});
        return stage;
    }

    private FakePoints.Draft ordinary() {
        return Recipes.images(points.draft()).entry(new byte[0], meta(FileType.DIRECTORY), new byte[0]);
    }

    @Test
    void I7_aTreeComesBackAsItWas() {
        byte[] sparse = new byte[5 * 4096 + 100];
        Arrays.fill(sparse, 3 * 4096, 4 * 4096, (byte) 7);
        Xattr xattr = new Xattr(ByteBuffer.wrap(bytes("user.note")), ByteBuffer.wrap(bytes("kept")));
        Xattr opaque = new Xattr(ByteBuffer.wrap(bytes("trusted.overlay.opaque")), ByteBuffer.wrap(bytes("y")));
        Stage stage = rebuild(ordinary()
                .entry(
                        bytes("dir"),
                        meta(FileType.DIRECTORY)
                                .setMode(03751)
                                .setUid(12)
                                .setGid(34)
                                .setXattrs(List.of(opaque)),
                        new byte[0])
                .entry(
                        bytes("dir/file"),
                        meta(FileType.FILE)
                                .setMode(06711)
                                .setUid(1001)
                                .setGid(-2)
                                .setXattrs(List.of(xattr)),
                        bytes("short"))
                .entry(
                        bytes("dir/further"),
                        meta(FileType.HARDLINK).setTarget(ByteBuffer.wrap(bytes("dir/file"))),
                        new byte[0])
                .entry(bytes("early"), meta(FileType.HARDLINK).setTarget(ByteBuffer.wrap(bytes("sparse"))), new byte[0])
                .entry(bytes("empty"), meta(FileType.FILE), new byte[0])
                .entry(bytes("fifo"), meta(FileType.FIFO).setMode(0620), new byte[0])
                .entry(bytes("gone"), meta(FileType.WHITEOUT).setMode(0), new byte[0])
                .entry(bytes("hole"), meta(FileType.FILE), new byte[3 * 4096 + 1])
                .entry(
                        bytes("link"),
                        meta(FileType.SYMLINK)
                                .setMode(0777)
                                .setUid(5)
                                .setTarget(ByteBuffer.wrap(bytes("/etc/../nowhere"))),
                        new byte[0])
                .entry(bytes("socket"), meta(FileType.SOCKET).setMode(0755), new byte[0])
                .entry(bytes("sparse"), meta(FileType.FILE), sparse)
                .entry(new byte[] {'o', (byte) 0xff, '\n'}, meta(FileType.FILE).setMtimeNanos(-1), bytes("odd name")));

        try (Directory root = Directory.open(stage.tree())) {
            assertThat(root.list().stream().map(PosixPath::display)).hasSize(10);
            FileStat dir = root.stat(bytes("dir"));
            assertThat(List.of(dir.permissions(), dir.uid(), dir.gid(), dir.mtimeNanos()))
                    .isEqualTo(List.of(03751, 12, 34, MTIME));
            assertThat(root.getXattr(bytes("dir"), bytes("trusted.overlay.opaque")))
                    .contains(bytes("y"));
            try (Directory below = root.openBeneath(bytes("dir"))) {
                FileStat file = below.stat(bytes("file"));
                assertThat(List.of(file.permissions(), file.uid(), file.gid(), file.mtimeNanos(), file.size()))
                        .isEqualTo(List.of(06711, 1001, -2, MTIME, 5L));
                assertThat(below.getXattr(bytes("file"), bytes("user.note"))).contains(bytes("kept"));
                assertThat(below.stat(bytes("further")).inode()).isEqualTo(file.inode());
            }
            assertThat(root.stat(bytes("early")).inode())
                    .isEqualTo(root.stat(bytes("sparse")).inode());
            assertThat(root.stat(bytes("sparse")).blocks()).isEqualTo(8);
            assertThat(root.stat(bytes("hole")).size()).isEqualTo(3 * 4096 + 1);
            assertThat(root.stat(bytes("hole")).blocks()).isZero();
            assertThat(root.stat(bytes("empty")).size()).isZero();
            assertThat(root.stat(bytes("gone")).isWhiteout()).isTrue();
            assertThat(root.stat(bytes("fifo")).permissions()).isEqualTo(0620);
            assertThat(root.stat(bytes("fifo")).type()).isEqualTo(io.rewind.runtime.posix.FileType.FIFO);
            assertThat(root.stat(bytes("socket")).type()).isEqualTo(io.rewind.runtime.posix.FileType.SOCKET);
            assertThat(root.readLink(bytes("link"))).isEqualTo(bytes("/etc/../nowhere"));
            assertThat(root.stat(bytes("link")).uid()).isEqualTo(5);
            assertThat(root.stat(bytes("link")).mtimeNanos()).isEqualTo(MTIME);
            assertThat(root.stat(new byte[] {'o', (byte) 0xff, '\n'}).mtimeNanos())
                    .isEqualTo(-1);
            assertThat(root.stat(Directory.self()).mtimeNanos()).isEqualTo(MTIME);
        }
        assertThat(stage.tree().resolve("sparse")).hasBinaryContent(sparse);
        assertThat(stage.tree().resolve("dir/file")).hasContent("short");
    }

    @Test
    void I7_eachTreeIsBuiltInItsOwnStage() {
        PointId point = ordinary()
                .entry(bytes("f"), meta(FileType.FILE), bytes("own"))
                .volume("/data", new byte[0], meta(FileType.DIRECTORY).setMode(0711), new byte[0])
                .volume("/data", bytes("f"), meta(FileType.FILE), bytes("of the volume"))
                .volume(
                        "/data",
                        bytes("g"),
                        meta(FileType.HARDLINK).setTarget(ByteBuffer.wrap(bytes("f"))),
                        new byte[0])
                .volume("/left", new byte[0], meta(FileType.DIRECTORY), new byte[0])
                .volume("/left", bytes("f"), meta(FileType.FILE), bytes("not wanted"))
                .commit(TIMELINE.text(), "c", "web", Instant.EPOCH.plusSeconds(9), new byte[0]);
        PointRebuild rebuild =
                new PointRebuild(points, new Limits(1000, 1000, 1 << 24), PagesPlace.onDisk(), bytes -> {});
        Stage own = new Stage(folder.resolve("own"));
        Stage data = new Stage(folder.resolve("data"));
        PointPlan plan = rebuild.plan(TIMELINE, point);
        rebuild.run(TIMELINE, plan, folder.resolve("images"), Map.of("", own, "/data", data), percent -> {});

        assertThat(plan.trees()).containsExactlyInAnyOrder("", "/data", "/left");
        assertThat(own.tree().resolve("f")).hasContent("own");
        assertThat(own.tree().toFile().list()).containsExactly("f");
        assertThat(data.tree().resolve("g")).hasContent("of the volume");
        try (Directory stage = Directory.open(folder.resolve("data"))) {
            assertThat(stage.stat(bytes("tree")).permissions()).isEqualTo(0711);
        }
    }

    @Test
    void I7_whatATmpfsHeldIsPackedAsCriuWantsIt() throws Exception {
        byte[] archive = new byte[20_480];
        Arrays.fill(archive, 0, 9_000, (byte) 'x');
        byte[] packed = {0x1f, (byte) 0x8b, 7};
        rebuild(ordinary().image("tmpfs-dev-83.tar.gz.img", archive).image("tmpfs-dev-84.tar.gz.img", packed));

        try (var in = new GZIPInputStream(Files.newInputStream(folder.resolve("images/tmpfs-dev-83.tar.gz.img")))) {
            assertThat(in.readAllBytes()).isEqualTo(archive);
        }
        assertThat(folder.resolve("images/tmpfs-dev-84.tar.gz.img")).hasBinaryContent(packed);
    }

    @Test
    void I7_memoryLiesWhereThePageMapSays() throws IOException {
        rebuild(ordinary());

        byte[] pages = Files.readAllBytes(folder.resolve("images/pages-1.img"));
        assertThat(pages).hasSize(3 * 4096);
        assertThat(Arrays.copyOfRange(pages, 0, 4096)).isEqualTo(filled(1));
        assertThat(Arrays.copyOfRange(pages, 4096, 8192)).isEqualTo(filled(0));
        assertThat(Arrays.copyOfRange(pages, 8192, 12288)).isEqualTo(filled(3));
        PageMap map = PageMap.read(folder.resolve("images/pagemap-1.img"));
        assertThat(map.absentPages()).isEmpty();
        assertThat(map.presentBytes()).isEqualTo(3 * 4096);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "zero page", "file", "image"})
    void I7_damageIsFoundBeforeAnythingIsSwitched(String where) {
        FakePoints.Draft draft = ordinary().entry(bytes("f"), meta(FileType.FILE), bytes("content"));
        byte[] spoiled = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        UnaryOperator<StreamPart> damage = part -> {
            var change = part.change();
            boolean hit = switch (where) {
                case "image" -> new String(name(part), StandardCharsets.UTF_8).equals("pstree.img");
                case "file" -> new String(name(part), StandardCharsets.UTF_8).equals("f");
                default -> change.getKind() == io.rewind.event.StreamKind.MEMORY;
            };
            if (!hit) {
                return part;
            }
            var copy = io.rewind.event.StreamChange.newBuilder(change);
            if (where.equals("zero page")) {
                // The page that is zero moves: sum and content stay, only its number does not.
                copy.setRuns(change.getRuns().stream()
                        .map(r -> r.getChunk() == -1 ? new io.rewind.event.BlockRun(r.getFirst() + 100, 1, -1, 0) : r)
                        .toList());
            } else if (where.equals("file")) {
                copy.setMeta(
                        io.rewind.event.FileMeta.newBuilder(change.getMeta().orElseThrow())
                                .setDigest(ByteBuffer.wrap(spoiled))
                                .build());
            } else {
                copy.setDigest(ByteBuffer.wrap(spoiled));
            }
            return new StreamPart(copy.build(), part.chunks(), part.patches());
        };
        draft.edit(damage);

        Fault fault = catchThrowableOfType(Fault.class, () -> rebuild(draft));

        assertThat(fault.code()).isEqualTo(RestoreCode.POINT_DAMAGED);
        assertThat(fault.sentence()).endsWith(".");
    }

    @Test
    void I7_aPageThatTheProcessNeedsAndDidNotComeIsMissed() {
        var fewer = Recipes.pages();
        fewer.remove(0x402L);
        FakePoints.Draft draft = points.draft()
                .entry(new byte[0], meta(FileType.DIRECTORY), new byte[0])
                .image("pstree.img", bytes("x"))
                .image("descriptors.json", bytes("[\"a\",\"b\",\"c\"]"))
                .image("pagemap-1.img", Recipes.pageMap(new io.rewind.criu.Entry(0x400000, 3, 0, Recipes.COUNT)))
                .memory(Recipes.SPACE, fewer);

        assertThat(catchThrowableOfType(Fault.class, () -> rebuild(draft)).code())
                .isEqualTo(RestoreCode.POINT_DAMAGED);
    }

    @Test
    void aChunkThatTheStoreLostIsSaid() {
        FakePoints.Draft draft = ordinary();
        points.loseChunks();

        assertThat(catchThrowableOfType(Fault.class, () -> rebuild(draft)).sentence())
                .contains("lacks");
    }

    @Test
    void whenOneOfSeveralThreadsFailsTheyAllEndAndItsReasonIsSaid() {
        points.failAt(150);

        Fault fault = catchThrowableOfType(Fault.class, () -> rebuild(manyFiles(300)));

        assertThat(fault.code()).isEqualTo(RestoreCode.STORE_UNREACHABLE);
    }

    @Test
    void I7_whatSeveralThreadsBringIsWholeAndAskedForOnce() {
        int files = 300;
        Stage stage = rebuild(manyFiles(files));

        for (int i = 0; i < files; i++) {
            assertThat(stage.tree().resolve("f" + i)).hasBinaryContent(content(i));
        }
        int images = 4;
        assertThat(points.asked()).isEqualTo(files + images);
    }

    /** Each in a chunk of its own, and of more than one block. */
    private FakePoints.Draft manyFiles(int count) {
        FakePoints.Draft draft = ordinary();
        for (int i = 0; i < count; i++) {
            draft.entry(bytes("f" + i), meta(FileType.FILE), content(i));
        }
        return draft;
    }

    private static byte[] content(int i) {
        byte[] content = new byte[2 * 4096 + 1 + i];
        Arrays.fill(content, (byte) (1 + i % 100));
        content[0] = (byte) (i >> 8);
        return content;
    }

    @Test
    void pagesLieInMemoryAndALinkThatLeadsThereFromWhereverTheRootIs() throws IOException {
        Path memory = Files.createDirectory(folder.resolve("memory"));
        place = new PagesPlace(Optional.of(memory));

        rebuild(ordinary());

        Path images = folder.resolve("images");
        Path link = Files.readSymbolicLink(images.resolve("pages-1.img"));
        assertThat(link.isAbsolute()).isFalse();
        assertThat(images.resolve(link).toRealPath()).startsWith(memory.toRealPath());
        assertThat(Files.readAllBytes(images.resolve("pages-1.img"))).startsWith(filled(1));
        new PointRebuild(points, new Limits(1000, 1000, 1 << 24), place, bytes -> {}).discard(images);
        assertThat(images).doesNotExist();
        assertThat(memory).isEmptyDirectory();
    }

    private static byte[] name(StreamPart part) {
        byte[] name = new byte[part.change().getName().remaining()];
        part.change().getName().duplicate().get(name);
        return name;
    }
}
