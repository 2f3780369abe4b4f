package io.rewind.runtime.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links that lead out of the root, at every place where a name can stand. */
class I9LinkTest {
    private static final byte[] TO_DIRECTORY = PosixPath.of("to-directory");
    private static final byte[] TO_FILE = PosixPath.of("to-file");
    private static final byte[] TO_NOWHERE = PosixPath.of("to-nowhere");
    private static final byte[] NOTE = PosixPath.of("trusted.note");

    private final Scratch scratch = new Scratch();
    private final Path secret = scratch.outside.resolve("secret");

    @BeforeEach
    void plant() throws IOException {
        Files.writeString(secret, "secret");
        Files.createDirectory(scratch.outside.resolve("below"));
        Files.createSymbolicLink(scratch.inside.resolve("to-directory"), scratch.outside);
        Files.createSymbolicLink(scratch.inside.resolve("to-file"), Path.of("../outside/secret"));
        Files.createSymbolicLink(scratch.inside.resolve("to-nowhere"), scratch.outside.resolve("made"));
        Files.createDirectory(scratch.inside.resolve("dir"));
        Files.createSymbolicLink(scratch.inside.resolve("dir/up"), Path.of("../.."));
    }

    @AfterEach
    void remove() {
        scratch.close();
    }

    @ParameterizedTest
    @EnumSource(Descent.class)
    void I9_descentFollowsNoLink(Descent descent) {
        try (Directory root = Directory.open(scratch.inside, descent)) {
            for (String path : new String[] {"to-directory", "to-directory/below", "dir/up", "dir/up/outside/below"}) {
                assertLinkRefused(() -> root.openBeneath(PosixPath.of(path)).close());
            }
            root.openBeneath(PosixPath.of("dir")).close();
        }
    }

    @ParameterizedTest
    @EnumSource(Descent.class)
    void I9_descentRefusesMagicLinks(Descent descent) {
        try (Directory proc = Directory.open(Path.of("/proc"), descent)) {
            assertLinkRefused(
                    () -> proc.openBeneath(PosixPath.of(ProcessHandle.current().pid() + "/cwd"))
                            .close());
        }
    }

    @ParameterizedTest
    @EnumSource(Descent.class)
    void I9_pathsThatAreNotRelativeAreRefused(Descent descent) {
        try (Directory root = Directory.open(scratch.inside, descent)) {
            for (String path : new String[] {
                "", "/", "/etc", "..", "../outside", "dir/..", "dir/../dir", ".", "dir/", "a//b", "a\0b"
            }) {
                assertRefused(() -> root.openBeneath(PosixPath.of(path)).close());
                assertRefused(() -> root.openParentOf(PosixPath.of(path)).close());
                assertRefused(() -> root.makeLink(PosixPath.of("x"), root, PosixPath.of(path)));
            }
        }
    }

    @Test
    void I9_noCallTakesMoreThanAName() {
        try (Directory root = scratch.root()) {
            for (String text : new String[] {"", "..", "../outside/secret", "/etc/passwd", "dir/up", "a\0b"}) {
                byte[] name = PosixPath.of(text);
                assertRefused(() -> root.stat(name));
                assertRefused(() -> root.readLink(name));
                assertRefused(() -> root.openFile(name).close());
                assertRefused(() -> root.create(name, 0600).close());
                assertRefused(() -> root.makeDirectory(name, 0700));
                assertRefused(() -> root.makeSymlink(name, PosixPath.of("x")));
                assertRefused(() -> root.makeLink(name, root, PosixPath.of("dir")));
                assertRefused(() -> root.makeFifo(name, 0600));
                assertRefused(() -> root.makeSocket(name, 0600));
                assertRefused(() -> root.makeWhiteout(name));
                assertRefused(() -> root.chown(name, 1, 1));
                assertRefused(() -> root.chmod(name, 0777));
                assertRefused(() -> root.setTimes(name, 0));
                assertRefused(() -> root.listXattrs(name));
                assertRefused(() -> root.getXattr(name, NOTE));
                assertRefused(() -> root.setXattr(name, NOTE, NOTE));
                assertRefused(() -> root.removeXattr(name, NOTE));
                assertRefused(() -> root.unlink(name));
                assertRefused(() -> root.removeDirectory(name));
                assertRefused(() -> root.removeTree(name));
                assertRefused(() -> root.rename(name, root, PosixPath.of("x")));
                assertRefused(() -> root.rename(PosixPath.of("dir"), root, name));
            }
        }
    }

    @Test
    void I9_noCallTouchesWhatALinkPointsTo() throws IOException {
        assumeThat(Scratch.isRoot()).isTrue();
        Map<String, String> before = outside();
        try (Directory root = scratch.root()) {
            for (byte[] link : new byte[][] {TO_DIRECTORY, TO_FILE, TO_NOWHERE}) {
                assertThat(root.stat(link).isSymlink()).isTrue();
                assertErrno(Errno.ELOOP, () -> root.openFile(link).close());
                assertErrno(Errno.EEXIST, () -> root.create(link, 0600).close());
                assertErrno(Errno.EEXIST, () -> root.makeDirectory(link, 0700));
                assertErrno(Errno.EEXIST, () -> root.makeFifo(link, 0700));
                assertErrno(Errno.ELOOP, () -> root.chmod(link, 0777));
                root.chown(link, 99, 98);
                assertThat(root.stat(link).uid()).isEqualTo(99);
                root.setTimes(link, 42);
                assertThat(root.stat(link).mtimeNanos()).isEqualTo(42);
                root.setXattr(link, NOTE, new byte[] {1});
                assertThat(root.listXattrs(link)).containsExactly(NOTE);
                assertThat(root.getXattr(link, NOTE)).contains(new byte[] {1});
                root.makeLink(PosixPath.join(new byte[0], PosixPath.of("hard")), root, link);
                assertThat(root.stat(PosixPath.of("hard")).isSymlink()).isTrue();
                root.rename(PosixPath.of("hard"), root, PosixPath.of("moved"));
                root.removeXattr(link, NOTE);
                root.removeTree(link);
                assertErrno(Errno.ENOENT, () -> root.stat(link));
            }
            root.removeTree(PosixPath.of("dir"));
        }
        assertThat(outside()).isEqualTo(before);
    }

    @Test
    void I9_aReplacedEntryOfALinkIsWrittenInside() throws IOException {
        try (Directory root = scratch.root()) {
            try (FileHandle file = root.create(PosixPath.of("new"), 0600)) {
                file.write(MemorySegment.ofArray(PosixPath.of("ours")), 0);
            }
            root.rename(PosixPath.of("new"), root, TO_FILE);
        }
        assertThat(secret).hasContent("secret");
        assertThat(scratch.inside.resolve("to-file")).hasContent("ours");
    }

    /** Content and whatever else is known of each path outside. */
    private Map<String, String> outside() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (var paths = Files.walk(scratch.outside)) {
            for (Path path : paths.toList()) {
                var known = new TreeMap<>(Files.readAttributes(
                        path, "unix:mode,uid,gid,lastModifiedTime,ctime,nlink", LinkOption.NOFOLLOW_LINKS));
                all.put(path.toString(), known + (Files.isRegularFile(path) ? Files.readString(path) : ""));
            }
        }
        return all;
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatExceptionOfType(PathRefused.class).isThrownBy(call);
    }

    private static void assertErrno(int errno, ThrowingCallable call) {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.symbol()).isEqualTo(Errno.name(errno)));
    }

    private static void assertLinkRefused(ThrowingCallable call) {
        assertThatExceptionOfType(ErrnoException.class).isThrownBy(call).matches(e -> e.isLoop() || e.isNotDirectory());
    }
}
