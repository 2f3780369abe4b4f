package io.rewind.runtime.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DirectoryTest {
    private final Scratch scratch = new Scratch();

    @AfterEach
    void remove() {
        scratch.close();
    }

    @Test
    void listsALargeDirectoryCompletelyAndAgain() {
        List<byte[]> expected = new ArrayList<>();
        try (Directory root = scratch.root()) {
            for (int i = 0; i < 5_000; i++) {
                byte[] name = PosixPath.of("entry-with-a-name-of-some-length-" + i);
                name[0] = (byte) (i % 2 == 0 ? 0xf0 : 'a');
                expected.add(name);
                root.makeFifo(name, 0600);
            }
            expected.sort(Arrays::compareUnsigned);
            assertThat(root.list()).containsExactlyElementsOf(expected);
            root.unlink(expected.removeFirst());
            assertThat(root.list()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    @Timeout(60)
    void onlyRegularFilesAreOpened() throws Exception {
        assumeThat(Scratch.isRoot()).isTrue();
        String device = scratch.inside.resolve("device").toString();
        assumeThat(new ProcessBuilder("mknod", device, "c", "1", "3").start().waitFor())
                .isZero();
        try (Directory root = scratch.root()) {
            root.makeFifo(PosixPath.of("fifo"), 0600);
            root.makeSocket(PosixPath.of("socket"), 0600);
            root.makeWhiteout(PosixPath.of("whiteout"));
            root.makeDirectory(PosixPath.of("directory"), 0700);
            assertThat(root.stat(PosixPath.of("device")).isWhiteout()).isFalse();
            for (byte[] name : root.list()) {
                assertThatExceptionOfType(ErrnoException.class)
                        .isThrownBy(() -> root.openFile(name).close())
                        .matches(e -> e.errno() == Errno.ENXIO || e.errno() == Errno.EISDIR);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Descent.class)
    @Timeout(60)
    void pathsLongerThanTheKernelTakesAreDescendedAndRemoved(Descent descent) {
        byte[] level = PosixPath.of("0".repeat(200));
        try (Directory root = Directory.open(scratch.inside, descent)) {
            byte[] path = growDown(root, level, 60);
            try (Directory bottom = root.openBeneath(path)) {
                bottom.makeFifo(PosixPath.of("bottom"), 0600);
            }
            try (Directory last = root.openParentOf(PosixPath.join(path, PosixPath.of("bottom")))) {
                assertThat(last.list()).containsExactly(PosixPath.of("bottom"));
            }
            root.removeTree(level);
            assertThat(root.list()).isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void I10_aTreeDeeperThanDescriptorsOrStackReachIsRemoved() throws IOException {
        Files.writeString(scratch.outside.resolve("kept"), "kept");
        try (Directory root = scratch.root()) {
            byte[] tree = PosixPath.of("0");
            byte[] path = growDown(root, tree, 2_000);
            for (String at : new String[] {"0", "0/0", "0/0/0"}) {
                try (Directory directory = root.openBeneath(PosixPath.of(at))) {
                    directory.makeFifo(PosixPath.of("1"), 0600);
                    directory.makeDirectory(PosixPath.of("2"), 0);
                    directory.makeSymlink(PosixPath.of("3"), PosixPath.of(scratch.outside.toString()));
                    directory.makeDirectory(PosixPath.of("4"), 0700);
                    directory.makeDirectory(PosixPath.of("5"), 0700);
                    try (Directory full = directory.openBeneath(PosixPath.of("5"))) {
                        full.makeSymlink(PosixPath.of("out"), PosixPath.of(scratch.outside.toString()));
                    }
                }
            }
            assertThat(path).hasSize(2 * 2_000 - 1);
            root.removeTree(tree);
            assertThat(root.list()).isEmpty();
        }
        assertThat(scratch.outside.resolve("kept")).hasContent("kept");
    }

    @Test
    void theParentOfASingleNameIsTheDirectoryItself() {
        try (Directory root = scratch.root();
                Directory parent = root.openParentOf(PosixPath.of("name"))) {
            assertThat(parent.stat(Directory.self())).isEqualTo(root.stat(Directory.self()));
        }
    }

    @Test
    void errorsNameTheCallTheEntryAndTheReason() {
        try (Directory root = scratch.root()) {
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> root.stat(new byte[] {'a', (byte) 0x80}))
                    .withMessage("statx a\\x80: ENOENT")
                    .matches(ErrnoException::isNoEntry);
            assertThat(root.getXattr(Directory.self(), PosixPath.of("user.none")))
                    .isEmpty();
        }
    }

    @Test
    void noDescriptorStaysOpen() throws IOException {
        Path link = Files.createSymbolicLink(scratch.inside.resolve("link"), scratch.outside);
        Files.createDirectories(scratch.inside.resolve("a/b/c"));
        Files.writeString(scratch.inside.resolve("a/file"), "x");
        long before = scratch.openDescriptors();
        for (Descent descent : Descent.values()) {
            try (Directory root = Directory.open(scratch.inside, descent)) {
                assertThat(scratch.openDescriptors()).isEqualTo(before + 1);
                for (int i = 0; i < 50; i++) {
                    use(root);
                }
                assertThat(scratch.openDescriptors()).isEqualTo(before + 1);
            }
        }
        assertThat(scratch.openDescriptors()).isEqualTo(before);
        assertThat(link).isSymbolicLink();
    }

    private static void use(Directory root) {
        byte[] link = PosixPath.of("link");
        byte[] fresh = PosixPath.of("fresh");
        try (Directory a = root.openBeneath(PosixPath.of("a"));
                Directory c = root.openBeneath(PosixPath.of("a/b/c"));
                FileHandle file = a.openFile(PosixPath.of("file"))) {
            file.stat();
            a.list();
            a.chmod(PosixPath.of("b"), 0755);
            c.makeLink(fresh, root, PosixPath.of("a/file"));
            c.sync();
            c.syncFileSystem();
        }
        root.removeTree(PosixPath.of("a"));
        root.makeDirectory(PosixPath.of("a"), 0700);
        try (Directory a = root.openBeneath(PosixPath.of("a"))) {
            a.create(PosixPath.of("file"), 0600).close();
            a.makeDirectory(PosixPath.of("b"), 0700);
            try (Directory b = a.openBeneath(PosixPath.of("b"))) {
                b.makeDirectory(PosixPath.of("c"), 0700);
            }
        }
        for (Runnable refused : List.<Runnable>of(
                () -> root.openFile(link).close(),
                () -> root.openFile(PosixPath.of("a")).close(),
                () -> root.chmod(link, 0),
                () -> root.create(link, 0).close(),
                () -> root.openBeneath(PosixPath.of("a/b/none")).close(),
                () -> root.openBeneath(PosixPath.of("link/b")).close(),
                () -> root.makeLink(fresh, root, PosixPath.of("a/none")))) {
            assertThatExceptionOfType(ErrnoException.class).isThrownBy(refused::run);
        }
    }

    /** The path of the lowest of so many directories, one in the other. */
    private static byte[] growDown(Directory root, byte[] name, int levels) {
        byte[] path = {};
        Directory at = root;
        for (int i = 0; i < levels; i++) {
            at.makeDirectory(name, 0700);
            Directory below = at.openBeneath(name);
            if (at != root) {
                at.close();
            }
            at = below;
            path = PosixPath.join(path, name);
        }
        at.close();
        return path;
    }
}
