package io.rewind.runtime.posix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** find(1), and Java where it can, say independently of this package what was made. */
class TreeRoundTripTest {
    private static final long MTIME = 1_234_567_890_123_456_789L;
    private static final byte[] NOT_UTF8 = {'b', (byte) 0xff, (byte) 0xc3, '!'};
    private static final byte[] NEWLINE = PosixPath.of("two\nlines");

    private final Scratch scratch = new Scratch();

    @BeforeEach
    void needsRoot() throws IOException {
        assumeThat(Scratch.isRoot()).isTrue();
    }

    @AfterEach
    void remove() {
        scratch.close();
    }

    @Test
    void I7_everyKindOfEntrySurvivesACopy() throws Exception {
        try (Directory source = scratch.root();
                Directory target = Directory.open(scratch.outside)) {
            plant(source);
            TreeCopy.copy(source, target);

            assertThat(find(scratch.outside)).hasSize(13).isEqualTo(find(scratch.inside));
            assertThat(attributes(target)).hasSize(5).isEqualTo(attributes(source));
            try (FileHandle sparse = target.openFile(PosixPath.of("sparse"))) {
                byte[] tail = new byte[10];
                assertThat(sparse.read(MemorySegment.ofArray(tail), (8 << 20) - 4))
                        .isEqualTo(4);
                assertThat(tail).startsWith('t', 'a', 'i', 'l');
                assertThat(sparse.stat().blocks()).isLessThan(64);
            }
        }
    }

    @Test
    void whatIsMadeIsWhatOthersSee() throws Exception {
        try (Directory source = scratch.root()) {
            plant(source);
            Path tool = scratch.inside.resolve("tool");
            FileStat stat = source.stat(PosixPath.of("tool"));

            assertThat(Files.getAttribute(tool, "unix:mode"))
                    .isEqualTo(stat.mode())
                    .isEqualTo(0106755);
            assertThat(Files.getAttribute(tool, "unix:uid"))
                    .isEqualTo(stat.uid())
                    .isEqualTo(1234);
            assertThat(Files.getAttribute(tool, "unix:gid"))
                    .isEqualTo(stat.gid())
                    .isEqualTo(4321);
            assertThat(Files.getAttribute(tool, "unix:ino")).isEqualTo(stat.inode());
            assertThat(Files.getAttribute(tool, "unix:nlink"))
                    .isEqualTo(stat.links())
                    .isEqualTo(2);
            assertThat(Files.getAttribute(tool, "unix:lastModifiedTime")).hasToString("2009-02-13T23:31:30.123456789Z");
            assertThat(stat.mtimeNanos()).isEqualTo(MTIME);
            var changed = (java.nio.file.attribute.FileTime) Files.getAttribute(tool, "unix:ctime");
            assertThat(stat.ctimeNanos()).isEqualTo(changed.to(java.util.concurrent.TimeUnit.NANOSECONDS));
            assertThat(Files.getAttribute(scratch.inside.resolve("gone"), "unix:rdev"))
                    .isEqualTo(0L);
            assertThat(source.stat(PosixPath.of("gone")).isWhiteout()).isTrue();
            Path link = scratch.inside.resolve("dangling");
            assertThat(Files.getAttribute(link, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(77);
            var view = Files.getFileAttributeView(tool, UserDefinedFileAttributeView.class);
            ByteBuffer value = ByteBuffer.allocate(16);
            view.read("note", value);
            assertThat(Arrays.copyOf(value.array(), value.position())).containsExactly(0, 1, 0xff);
        }
    }

    @Test
    void timesBeforeTheEpochAndBeyondTheRangeOfLong() throws Exception {
        try (Directory root = scratch.root()) {
            root.makeFifo(NEWLINE, 0600);
            root.setTimes(NEWLINE, -1);
            assertThat(root.stat(NEWLINE).mtimeNanos()).isEqualTo(-1);

            Path future = Files.createFile(scratch.inside.resolve("future"));
            run("touch", "-d", "@10413792000", future.toString());
            assertThat(root.stat(PosixPath.of("future")).mtimeNanos()).isEqualTo(Long.MAX_VALUE);
        }
    }

    private static void plant(Directory root) {
        root.makeDirectory(PosixPath.of("dir"), 0700);
        try (Directory dir = root.openBeneath(PosixPath.of("dir"))) {
            dir.makeDirectory(NOT_UTF8, 0700);
            dir.chmod(NOT_UTF8, 01777);
            write(dir, NEWLINE, "of two lines", 0);
            dir.makeSymlink(PosixPath.of("linked"), PosixPath.of("../tool"));
        }
        write(root, PosixPath.of("tool"), "set-id", 0);
        root.chown(PosixPath.of("tool"), 1234, 4321);
        root.chmod(PosixPath.of("tool"), 06755);
        root.setXattr(PosixPath.of("tool"), PosixPath.of("user.note"), new byte[] {0, 1, (byte) 0xff});
        root.setXattr(PosixPath.of("tool"), PosixPath.of("user.empty"), new byte[0]);
        root.setXattr(PosixPath.of("dir"), PosixPath.of("trusted.overlay.opaque"), new byte[] {'y'});
        root.setXattr(PosixPath.of("dir"), PosixPath.of("user.dropped"), new byte[] {1});
        root.removeXattr(PosixPath.of("dir"), PosixPath.of("user.dropped"));
        root.setXattr(Directory.self(), PosixPath.of("user.root"), new byte[] {'r'});
        try (Directory below = root.openBeneath(PosixPath.join(PosixPath.of("dir"), NOT_UTF8))) {
            below.makeLink(PosixPath.of("hard"), root, PosixPath.of("tool"));
        }
        root.makeFifo(PosixPath.of("pipe"), 0600);
        root.makeSocket(PosixPath.of("sock"), 0755);
        root.makeWhiteout(PosixPath.of("gone"));
        root.makeSymlink(PosixPath.of("dangling"), new byte[] {'/', 'n', (byte) 0xfe, '/', '.', '.'});
        root.chown(PosixPath.of("dangling"), 77, 78);
        root.setXattr(PosixPath.of("dangling"), PosixPath.of("trusted.of-the-link"), new byte[] {1});
        write(root, PosixPath.of("sparse"), "tail", (8 << 20) - 4);
        write(root, NOT_UTF8, "plain", 0);
        for (byte[] name : root.list()) {
            root.setTimes(name, MTIME);
        }
        root.chmod(Directory.self(), 0751);
        root.setTimes(Directory.self(), MTIME - 1);
    }

    private static void write(Directory directory, byte[] name, String content, long offset) {
        try (FileHandle file = directory.create(name, 0644)) {
            file.write(MemorySegment.ofArray(PosixPath.of(content)), offset);
        }
    }

    /** Path and attribute to value, of the whole tree. */
    private static Map<String, String> attributes(Directory root) {
        Map<String, String> all = new TreeMap<>();
        collect(root, "", Directory.self(), all);
        collectBelow(root, "", all);
        return all;
    }

    private static void collectBelow(Directory directory, String path, Map<String, String> all) {
        for (byte[] name : directory.list()) {
            String below = path + "/" + PosixPath.display(name);
            if (!below.endsWith("hard")) {
                collect(directory, below, name, all);
            }
            if (directory.stat(name).isDirectory()) {
                try (Directory next = directory.openBeneath(name)) {
                    collectBelow(next, below, all);
                }
            }
        }
    }

    private static void collect(Directory directory, String path, byte[] name, Map<String, String> all) {
        for (byte[] attribute : directory.listXattrs(name)) {
            byte[] value = directory.getXattr(name, attribute).orElseThrow();
            all.put(path + " " + PosixPath.display(attribute), Arrays.toString(value));
        }
    }

    /** A line for each entry; directories' sizes and link counts are the file system's own affair. */
    private static List<String> find(Path root) throws Exception {
        String line = "%P|%y|%m|%U|%G|%T@";
        byte[] printed = run(
                "find",
                root.toString(),
                "(",
                "-type",
                "d",
                "-printf",
                line + "\\0",
                ")",
                "-o",
                "-printf",
                line + "|%s|%n|%l\\0");
        return Arrays.stream(new String(printed, ISO_8859_1).split("\0"))
                .sorted()
                .toList();
    }

    private static byte[] run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] printed = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
