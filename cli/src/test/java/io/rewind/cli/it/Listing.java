package io.rewind.cli.it;

import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.FileHandle;
import io.rewind.runtime.posix.FileStat;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that can be known of the entries of a tree, as text by path; both have one character a byte. */
final class Listing {
    private final SortedMap<String, String> entries = new TreeMap<>();
    private final Map<Long, String> firstNames = new HashMap<>();

    private Listing() {}

    static SortedMap<String, String> of(Path tree) {
        Listing listing = new Listing();
        try (Directory root = Directory.open(tree)) {
            listing.list(root, "");
        }
        return listing.entries;
    }

    private void list(Directory directory, String prefix) {
        for (byte[] name : directory.list()) {
            String path = prefix + text(name);
            FileStat stat = directory.stat(name);
            entries.put(path, describe(directory, name, stat, path));
            if (stat.isDirectory()) {
                try (Directory below = directory.openBeneath(name)) {
                    list(below, path + "/");
                }
            }
        }
    }

    private String describe(Directory directory, byte[] name, FileStat stat, String path) {
        StringBuilder words = new StringBuilder();
        words.append(stat.type()).append(' ').append(Integer.toOctalString(stat.permissions()));
        words.append(' ').append(stat.uid()).append(':').append(stat.gid());
        words.append(" at ").append(stat.mtimeNanos());
        if (stat.isSymlink()) {
            words.append(" -> ").append(text(directory.readLink(name)));
        }
        if (stat.isRegular()) {
            words.append(" first ").append(firstNames.computeIfAbsent(stat.inode(), inode -> path));
            words.append(" of ").append(stat.size());
            words.append(stat.blocks() * 512 < stat.size() ? " with holes #" : " #")
                    .append(content(directory, name));
        }
        for (byte[] attribute : directory.listXattrs(name)) {
            byte[] value = directory.getXattr(name, attribute).orElseThrow();
            // The overlay's notes about the mount that it is.
            if (!text(attribute).matches("trusted[.]overlay[.](origin|impure|nlink|uuid|upper)")) {
                words.append(' ').append(text(attribute)).append('=').append(Arrays.toString(value));
            }
        }
        return words.toString();
    }

    private static int content(Directory directory, byte[] name) {
        try (FileHandle file = directory.openFile(name)) {
            byte[] bytes = new byte[1 << 20];
            int hash = 0;
            long at = 0;
            for (long got = file.read(MemorySegment.ofArray(bytes), 0);
                    got > 0;
                    got = file.read(MemorySegment.ofArray(bytes), at)) {
                hash = 31 * hash + Arrays.hashCode(Arrays.copyOf(bytes, (int) got));
                at += got;
            }
            return hash;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
