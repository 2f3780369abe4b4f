package io.rewind.capture.files;

import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.FileHandle;
import io.rewind.runtime.posix.FileStat;
import io.rewind.runtime.posix.PosixPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Does to a tree what programs do, at random. Few names, so that the same ones are used again as other kinds. */
final class TreeActor implements AutoCloseable {
    private static final List<String> NAMES = List.of("a", "a-b", "b", "\u00ff\u00c3!", "two\nlines", "a0", "z");
    private static final int DEEPEST = 3;

    private final Path directory;
    private final Directory root;
    private final Random random;

    TreeActor(Path directory, Random random) {
        this.directory = directory;
        this.root = Directory.open(directory);
        this.random = random;
    }

    void act(int times) {
        for (int i = 0; i < times; i++) {
            act();
        }
    }

    private void act() {
        List<String> directories = new ArrayList<>();
        List<String> all = new ArrayList<>();
        collect(root, "", directories, all);
        String where = directories.get(random.nextInt(directories.size()));
        byte[] fresh = bytes(NAMES.get(random.nextInt(NAMES.size())));
        try (Directory parent = open(where)) {
            boolean free = parent.list().stream().noneMatch(n -> Arrays.equals(n, fresh));
            if (!free && random.nextInt(3) == 0) {
                remove(parent, fresh);
            } else if (free && random.nextInt(3) > 0) {
                create(parent, fresh, where, all);
            } else if (!free) {
                change(parent, fresh, where);
            } else if (random.nextInt(2) == 0) {
                moveHere(parent, fresh, where, all);
            } else {
                parent.chmod(Directory.self(), 0700 | random.nextInt(0100));
            }
        }
    }

    private void create(Directory parent, byte[] name, String where, List<String> all) {
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                if (where.chars().filter(c -> c == '/').count() < DEEPEST) {
                    parent.makeDirectory(name, 0755);
                }
            }
            case 2 -> parent.makeSymlink(name, bytes("../" + random.nextInt(9)));
            case 3 -> parent.makeFifo(name, 0600);
            case 4 -> parent.makeSocket(name, 0600);
            case 5 -> parent.makeWhiteout(name);
            case 6 -> link(parent, name, all);
            default -> write(parent, name, where);
        }
    }

    private void link(Directory parent, byte[] name, List<String> all) {
        List<String> regular =
                all.stream().filter(path -> stat(path).isRegular()).toList();
        if (!regular.isEmpty()) {
            parent.makeLink(name, root, bytes(regular.get(random.nextInt(regular.size()))));
        }
    }

    /** A new file, or in place somewhere in an old one. */
    private void write(Directory parent, byte[] name, String where) {
        byte[] content = new byte[1 + random.nextInt(9000)];
        if (random.nextInt(4) > 0) {
            random.nextBytes(content);
        }
        String path = (where.isEmpty() ? "" : where + "/") + new String(name, StandardCharsets.ISO_8859_1);
        boolean fresh = parent.list().stream().noneMatch(n -> Arrays.equals(n, name));
        if (fresh) {
            try (FileHandle handle = parent.create(name, 0644)) {
                handle.write(MemorySegment.ofArray(content), random.nextInt(5) == 0 ? 100_000 : 0);
            }
        } else if (path.chars().allMatch(c -> c < 0x80)) {
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve(path).toFile(), "rw")) {
                if (random.nextInt(3) == 0) {
                    file.setLength(random.nextLong(file.length() + 1));
                }
                file.seek(random.nextLong(file.length() + 1));
                file.write(content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void change(Directory parent, byte[] name, String where) {
        FileStat stat = parent.stat(name);
        switch (random.nextInt(6)) {
            case 0 -> {
                if (!stat.isSymlink()) {
                    parent.chmod(name, 0600 | random.nextInt(0200));
                }
            }
            case 1 -> parent.chown(name, random.nextInt(3), random.nextInt(3));
            case 2 -> {
                if (!stat.isSymlink()) {
                    parent.setXattr(name, bytes("trusted.x" + random.nextInt(2)), bytes("v" + random.nextInt(3)));
                }
            }
            case 3 -> parent.setTimes(name, random.nextLong(1_000_000_000_000L));
            default -> {
                if (stat.isRegular()) {
                    write(parent, name, where);
                    if (random.nextInt(3) == 0) {
                        parent.setTimes(name, stat.mtimeNanos());
                    }
                }
            }
        }
    }

    private void moveHere(Directory parent, byte[] name, String where, List<String> all) {
        if (all.isEmpty()) {
            return;
        }
        String from = all.get(random.nextInt(all.size()));
        boolean intoItself = (where + "/").startsWith(from + "/");
        if (!intoItself) {
            byte[] raw = bytes(from);
            try (Directory old = root.openParentOf(raw)) {
                old.rename(PosixPath.name(raw), parent, name);
            }
        }
    }

    private static void remove(Directory parent, byte[] name) {
        parent.removeTree(name);
    }

    private FileStat stat(String path) {
        byte[] raw = bytes(path);
        try (Directory parent = root.openParentOf(raw)) {
            return parent.stat(PosixPath.name(raw));
        }
    }

    private Directory open(String path) {
        return path.isEmpty() ? Directory.open(directory) : root.openBeneath(bytes(path));
    }

    private static void collect(Directory at, String path, List<String> directories, List<String> all) {
        directories.add(path);
        for (byte[] name : at.list()) {
            String below = (path.isEmpty() ? "" : path + "/") + new String(name, StandardCharsets.ISO_8859_1);
            all.add(below);
            if (at.stat(name).isDirectory()) {
                try (Directory next = at.openBeneath(name)) {
                    collect(next, below, directories, all);
                }
            }
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        root.close();
    }
}
