package io.rewind.capture.files;

import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.FileStat;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All entries below a directory, and itself under the path "". Follows no link, leaves out devices but whiteouts. */
final class TreeWalk {
    private final NavigableMap<String, FileStat> entries = new TreeMap<>();

    private TreeWalk() {}

    /** What vanishes while being walked is simply not there. */
    static NavigableMap<String, FileStat> walk(Directory root) {
        TreeWalk walk = new TreeWalk();
        walk.entries.put("", root.stat(Directory.self()));
        walk.descend(root, "");
        return walk.entries;
    }

    private void descend(Directory directory, String prefix) {
        for (byte[] name : directory.list()) {
            String path = prefix + new String(name, StandardCharsets.ISO_8859_1);
            try {
                FileStat stat = directory.stat(name);
                if (isCaptured(stat)) {
                    entries.put(path, stat);
                }
                if (stat.isDirectory()) {
                    try (Directory below = directory.openBeneath(name)) {
                        descend(below, path + "/");
                    }
                }
            } catch (ErrnoException e) {
                if (!e.isNoEntry() && !e.isNotDirectory()) {
                    throw e;
                }
            }
        }
    }

    static boolean isCaptured(FileStat stat) {
        return switch (stat.type()) {
            case REGULAR, DIRECTORY, SYMLINK, FIFO, SOCKET -> true;
            case CHARACTER_DEVICE -> stat.isWhiteout();
            case BLOCK_DEVICE -> false;
        };
    }

    /** For every further name of a file with several, the first one in byte order. */
    static Map<String, String> hardLinks(NavigableMap<String, FileStat> entries) {
        record Inode(long device, long number) {}
        Map<Inode, String> first = new HashMap<>();
        Map<String, String> links = new HashMap<>();
        entries.forEach((path, stat) -> {
            if (stat.isRegular() && stat.links() > 1) {
                String carrier = first.putIfAbsent(new Inode(stat.device(), stat.inode()), path);
                if (carrier != null) {
                    links.put(path, carrier);
                }
            }
        });
        return links;
    }
}
