package io.rewind.runtime.posix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two directories side by side: the root that a test works in, and what lies outside of it. */
final class Scratch implements AutoCloseable {
    final Path base;
    final Path inside;
    final Path outside;

    Scratch() {
        try {
            base = Files.createTempDirectory("posix").toRealPath();
            inside = Files.createDirectory(base.resolve("inside"));
            outside = Files.createDirectory(base.resolve("outside"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Directory root() {
        return Directory.open(inside);
    }

    /** How many descriptors of this process are open on anything in here. */
    long openDescriptors() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(this::isOurs).count();
        }
    }

    static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    @Override
    public void close() {
        Path name = base.getFileName();
        Path parent = base.getParent();
        if (name == null || parent == null) {
            throw new IllegalStateException("no temporary directory");
        }
        try (Directory above = Directory.open(parent)) {
            above.removeTree(PosixPath.of(name.toString()));
        }
    }

    private boolean isOurs(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(base);
        } catch (IOException e) {
            return false;
        }
    }
}
