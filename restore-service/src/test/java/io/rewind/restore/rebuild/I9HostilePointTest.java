package io.rewind.restore.rebuild;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rewind.criu.Entry;
import io.rewind.event.BlockRun;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.event.Xattr;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.fixture.Recipes;
import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.points.StreamPart;
import io.rewind.restore.tree.Stage;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.FileStat;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Points that no capture makes. Either they are rejected, or what they make lies below the folder it is to be in:
 *
 * <pre>
 *   guard/secret          must stay as it is
 *   guard/work/stage      the target
 *   guard/work/images     the target
 * </pre>
 */
class I9HostilePointTest {
    private static final TimelineId TIMELINE = new TimelineId("a".repeat(64));
    private static final long[] SIZES = {
        0, 1, 4096, -1, 5000, 1 << 20, 1L << 40, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 4000
    };
    private static final List<StreamKind> KINDS = List.of(StreamKind.values());
    private static final List<FileType> TYPES = List.of(FileType.values());
    private static final int[] NUMBERS = {0, 1, 2, -1, -2, -3, 64, 1023, 1024, Integer.MAX_VALUE, Integer.MIN_VALUE};

    @TempDir
    Path guard;

    private String before = "";

    @BeforeEach
    void guard() throws IOException {
        Files.writeString(guard.resolve("secret"), "untouched");
        Files.createDirectories(guard.resolve("work"));
        before = everythingElse();
    }

    private String everythingElse() {
        try (Directory directory = Directory.open(guard);
                Directory work = Directory.open(guard.resolve("work"))) {
            FileStat secret = directory.stat(PosixPath.of("secret"));
            return secret + " " + directory.list().size() + " "
                    + work.list().stream()
                            .map(PosixPath::display)
                            .filter(name -> !name.equals("stage") && !name.equals("images"))
                            .toList();
        }
    }

    private @Nullable Throwable rebuild(FakePoints points, FakePoints.Draft draft) {
        PointId id = draft.commit(TIMELINE.text(), "c", "web", Instant.EPOCH.plusSeconds(1), new byte[0]);
        PointRebuild rebuild =
                new PointRebuild(points, new Limits(500, 500, 1 << 22), PagesPlace.onDisk(), bytes -> {});
        Stage stage = new Stage(guard.resolve("work/stage"));
        Path images = guard.resolve("work/images");
        Throwable thrown = catchThrowable(
                () -> rebuild.run(TIMELINE, rebuild.plan(TIMELINE, id), images, Map.of("", stage), percent -> {}));
        stage.remove();
        if (Files.exists(images)) {
            new Stage(images).remove();
        }
        return thrown;
    }

    private void requireRejected(@Nullable Throwable thrown, String what) {
        assertThat(thrown).as(what).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.severity()).as(what).isEqualTo(Severity.REJECTED);
            assertThat(fault.sentence()).as(what).isNotBlank().doesNotContain("\n");
        });
        assertThat(everythingElse()).as(what).isEqualTo(before);
    }

    record Evil(String what, List<Piece> pieces) {
        @Override
        public String toString() {
            return what;
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Piece(byte[] path, FileMeta.Builder meta) {}

    private static Piece file(String path) {
        return new Piece(bytes(path), meta(FileType.FILE));
    }

    private static Piece link(String path, FileType type, String target) {
        return new Piece(bytes(path), meta(type).setTarget(ByteBuffer.wrap(bytes(target))));
    }

    private static Evil evil(String what, Piece... pieces) {
        return new Evil(what, List.of(pieces));
    }

    static Stream<Evil> trees() {
        return Stream.of(
                evil("up", file("..")),
                evil("up and out", file("../../secret")),
                evil("in and out", new Piece(bytes("d"), meta(FileType.DIRECTORY)), file("d/../../x")),
                evil("absolute", file("/etc/shadow")),
                evil("self", file(".")),
                evil("trailing slash", file("a/")),
                evil("empty name", new Piece(bytes("d"), meta(FileType.DIRECTORY)), file("d//x")),
                evil("NUL", file("a\0b")),
                evil("a root that is a file", file("")),
                evil("twice", file("a"), file("b"), file("a")),
                evil("no parent", file("d/a")),
                evil("below a file", file("a"), file("a/b")),
                evil("below a link out", link("a", FileType.SYMLINK, "../../.."), file("a/secret")),
                evil(
                        "a link, then a directory",
                        link("a", FileType.SYMLINK, "/"),
                        new Piece(bytes("a"), meta(FileType.DIRECTORY))),
                evil("hard link up", link("a", FileType.HARDLINK, "../../secret")),
                evil("hard link absolute", link("a", FileType.HARDLINK, "/etc/shadow")),
                evil("hard link to nothing", link("a", FileType.HARDLINK, "b")),
                evil("hard link to the root", link("a", FileType.HARDLINK, "")),
                evil("hard link to itself", link("a", FileType.HARDLINK, "a")),
                evil(
                        "hard link through a link",
                        link("l", FileType.SYMLINK, ".."),
                        link("a", FileType.HARDLINK, "l/x")),
                evil("link without text", link("a", FileType.SYMLINK, "")),
                evil("link with NUL", link("a", FileType.SYMLINK, "x\0y")),
                evil("nobody", new Piece(bytes("a"), meta(FileType.FILE).setUid(-1))),
                evil("type bits", new Piece(bytes("a"), meta(FileType.FILE).setMode(0060644))),
                evil("name too long", file("n".repeat(300))),
                evil("attribute of the kernel", xattr("system.nfs4_acl")),
                evil("attribute with NUL", xattr("user.a\0b")));
    }

    private static Piece xattr(String name) {
        Xattr xattr = new Xattr(ByteBuffer.wrap(bytes(name)), ByteBuffer.wrap(bytes("v")));
        return new Piece(bytes("a"), meta(FileType.FILE).setXattrs(List.of(xattr)));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void treesThatReachOut(Evil evil) {
        FakePoints points = new FakePoints();
        FakePoints.Draft draft = Recipes.images(points.draft());
        boolean root = evil.pieces().stream().noneMatch(p -> p.path().length == 0);
        if (root) {
            draft.entry(new byte[0], meta(FileType.DIRECTORY), new byte[0]);
        }
        evil.pieces().forEach(p -> draft.entry(p.path(), p.meta(), new byte[0]));

        requireRejected(rebuild(points, draft), evil.what());
    }

    @Test
    void aHardLinkToASymlinkIsTheLinkItself() {
        FakePoints points = new FakePoints();
        FakePoints.Draft draft = Recipes.images(points.draft())
                .entry(new byte[0], meta(FileType.DIRECTORY), new byte[0])
                .entry(
                        bytes("l"),
                        meta(FileType.SYMLINK).setTarget(ByteBuffer.wrap(bytes("../../secret"))),
                        new byte[0])
                .entry(bytes("h"), meta(FileType.HARDLINK).setTarget(ByteBuffer.wrap(bytes("l"))), new byte[0]);

        assertThat(rebuild(points, draft)).isNull();
        assertThat(everythingElse()).as("links of the secret included").isEqualTo(before);
    }

    @Test
    void namesOfImagesAndSpacesThatArePaths() {
        for (String name :
                List.of("../x.img", "/etc/x.img", "a/b.img", "", "..", "x.img\0", ".x.img", "pagemap-../1.img")) {
            FakePoints points = new FakePoints();
            requireRejected(rebuild(points, points.draft().image(name, bytes("x"))), "image " + name);
            FakePoints more = new FakePoints();
            requireRejected(rebuild(more, more.draft().memory(name, new TreeMap<>())), "space " + name);
        }
    }

    @Test
    void pageMapsThatLie() {
        byte[] good = Recipes.pageMap(new Entry(0x400000, 3, 0, Recipes.COUNT));
        byte[] huge = Recipes.pageMap(new Entry(0x400000, (1L << 31), 0, Recipes.COUNT));
        for (List<Object> maps : List.of(
                List.<Object>of("pagemap-1.img", good, "pagemap-2.img", good),
                List.<Object>of("pagemap-1.img", good, "pages-1.img", good),
                List.<Object>of("pagemap-1.img", overlapping(good)),
                List.<Object>of("pagemap-1.img", huge),
                List.<Object>of("pagemap-1.img", bytes("none at all")))) {
            FakePoints points = new FakePoints();
            FakePoints.Draft draft = points.draft()
                    .entry(new byte[0], meta(FileType.DIRECTORY), new byte[0])
                    .image("pstree.img", bytes("x"))
                    .image("descriptors.json", bytes("[\"a\",\"b\",\"c\"]"))
                    .memory(Recipes.SPACE, Recipes.pages());
            for (int i = 0; i < maps.size(); i += 2) {
                draft.image((String) maps.get(i), (byte[]) maps.get(i + 1));
            }
            requireRejected(rebuild(points, draft), maps.toString());
        }
    }

    /** The one entry again: magic and head stay, the last record is repeated. */
    private static byte[] overlapping(byte[] map) {
        int head = 8
                + 4
                + ByteBuffer.wrap(map).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(8);
        byte[] twice = java.util.Arrays.copyOf(map, map.length + map.length - head);
        System.arraycopy(map, head, twice, map.length, map.length - head);
        return twice;
    }

    @Test
    void spoiltAtRandomItIsRejectedOrStaysInside() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            FakePoints points = new FakePoints();
            FakePoints.Draft draft = Recipes.images(points.draft())
                    .entry(new byte[0], meta(FileType.DIRECTORY), new byte[0])
                    .entry(bytes("d"), meta(FileType.DIRECTORY), new byte[0])
                    .entry(bytes("d/f"), meta(FileType.FILE), new byte[9000])
                    .entry(bytes("d/g"), meta(FileType.FILE), bytes("content"))
                    .entry(bytes("l"), meta(FileType.SYMLINK).setTarget(ByteBuffer.wrap(bytes("../.."))), new byte[0]);
            draft.edit(part -> random.nextInt(4) == 0 ? spoil(part, random) : part);

            Throwable thrown = rebuild(points, draft);

            String what = "seed " + seed + ", round " + round;
            if (thrown != null) {
                requireRejected(thrown, what);
            }
            assertThat(everythingElse()).as(what).isEqualTo(before);
        }
    }

    private static StreamPart spoil(StreamPart part, Random random) {
        StreamChange.Builder change = StreamChange.newBuilder(part.change());
        List<String> names =
                List.of("..", "/x", "", "d", "d/f", "l/x", "l", "../secret", "a\0", "\u00ff", "pages-1.img", "2");
        switch (random.nextInt(7)) {
            case 0 -> change.setName(ByteBuffer.wrap(bytes(names.get(random.nextInt(names.size())))));
            case 1 -> change.setSize(SIZES[random.nextInt(SIZES.length)]);
            case 2 -> change.setRemoved(true);
            case 3 -> change.setKind(KINDS.get(random.nextInt(KINDS.size())));
            case 4 -> change.setDigest(ByteBuffer.allocate(random.nextInt(40)));
            case 5 ->
                change.setRuns(List.of(new BlockRun(
                        SIZES[random.nextInt(SIZES.length)],
                        NUMBERS[random.nextInt(NUMBERS.length)],
                        NUMBERS[random.nextInt(NUMBERS.length)],
                        NUMBERS[random.nextInt(NUMBERS.length)])));
            default ->
                change.setMeta(meta(TYPES.get(random.nextInt(TYPES.size())))
                        .setSize(SIZES[random.nextInt(SIZES.length)])
                        .setMode(random.nextInt(010000))
                        .setMtimeNanos(random.nextLong())
                        .setTarget(ByteBuffer.wrap(bytes(names.get(random.nextInt(names.size())))))
                        .build());
        }
        return new StreamPart(change.build(), random.nextInt(8) == 0 ? List.of() : part.chunks(), part.patches());
    }
}
