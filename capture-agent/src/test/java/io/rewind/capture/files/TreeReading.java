package io.rewind.capture.files;

import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.FileStat;
import io.rewind.runtime.posix.PosixPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A tree read whole and directly, in the words of {@link TreeModel}. */
final class TreeReading {
    private final Directory root;
    private final NavigableMap<String, FileStat> stats = new TreeMap<>();
    private final Map<Long, String> carriers = new HashMap<>();
    private final NavigableMap<String, TreeModel.Seen> seen = new TreeMap<>();

    private TreeReading(Directory root) {
        this.root = root;
    }

    static NavigableMap<String, TreeModel.Seen> of(Path directory) {
        try (Directory root = Directory.open(directory)) {
            TreeReading reading = new TreeReading(root);
            reading.stats.put("", root.stat(Directory.self()));
            reading.list(root, "");
            reading.stats.forEach(reading::read);
            return reading.seen;
        }
    }

    private void list(Directory directory, String prefix) {
        for (byte[] name : directory.list()) {
            String path = prefix + new String(name, StandardCharsets.ISO_8859_1);
            FileStat stat = directory.stat(name);
            stats.put(path, stat);
            if (stat.isDirectory()) {
                try (Directory below = directory.openBeneath(name)) {
                    list(below, path + "/");
                }
            }
        }
    }

    private void read(String path, FileStat stat) {
        if (path.isEmpty()) {
            read(root, Directory.self(), path, stat);
            return;
        }
        byte[] raw = path.getBytes(StandardCharsets.ISO_8859_1);
        try (Directory parent = root.openParentOf(raw)) {
            read(parent, PosixPath.name(raw), path, stat);
        }
    }

    private void read(Directory parent, byte[] name, String path, FileStat stat) {
        StringBuilder text = new StringBuilder(kind(stat));
        text.append(' ').append(Integer.toOctalString(stat.permissions()));
        text.append(' ').append(stat.uid()).append(':').append(stat.gid());
        text.append(' ').append(stat.mtimeNanos());
        byte[] content = {};
        if (stat.isRegular()) {
            String first = carriers.putIfAbsent(stat.inode(), path);
            text.append(" carried by ").append(first == null ? path : first);
            content = content(parent, name);
        } else if (stat.isSymlink()) {
            text.append(" -> ").append(new String(parent.readLink(name), StandardCharsets.ISO_8859_1));
        }
        for (byte[] attribute : parent.listXattrs(name)) {
            text.append(' ')
                    .append(new String(attribute, StandardCharsets.ISO_8859_1))
                    .append('=');
            byte[] value = parent.getXattr(name, attribute).orElseThrow();
            text.append(new String(value, StandardCharsets.ISO_8859_1));
        }
        seen.put(path, new TreeModel.Seen(text.toString(), content));
    }

    private static byte[] content(Directory parent, byte[] name) {
        try (var file = parent.openFile(name)) {
            byte[] bytes = new byte[Math.toIntExact(file.stat().size())];
            file.read(java.lang.foreign.MemorySegment.ofArray(bytes), 0);
            return bytes;
        }
    }

    private static String kind(FileStat stat) {
        return switch (stat.type()) {
            case REGULAR -> "FILE";
            case CHARACTER_DEVICE -> "WHITEOUT";
            case DIRECTORY, SYMLINK, FIFO, SOCKET -> stat.type().name();
            case BLOCK_DEVICE -> throw new IllegalStateException("not in these trees");
        };
    }

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
