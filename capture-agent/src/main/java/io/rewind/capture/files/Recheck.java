package io.rewind.capture.files;

import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.FileStat;
import io.rewind.runtime.posix.StatTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A tree that was walked, laid out to be looked at again: what differs is found by one call for each entry that was there,
 * and only in a directory whose own times differ are names listed again.
 */
final class Recheck implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final List<Folder> folders = new ArrayList<>();

    /**
     * @param paths of the entries, in the order of the table
     * @param table the directory itself first, under {@link Directory#self()}, then what is in it but directories
     * @param below names of the directories in it
     */
    private record Folder(
            String path, boolean stable, List<String> paths, StatTable table, Map<String, FileStat> below) {
        String inside(String name) {
            return path.isEmpty() ? name : path + "/" + name;
        }
    }

    /**
     * @param walked by {@link TreeWalk}
     * @param stable whether a later change of the entry would show in its times
     */
    Recheck(NavigableMap<String, FileStat> walked, Predicate<String> stable) {
        Map<String, Map<String, FileStat>> children = new HashMap<>();
        walked.forEach((path, stat) -> {
            if (!path.isEmpty()) {
                int slash = path.lastIndexOf('/');
                children.computeIfAbsent(slash < 0 ? "" : path.substring(0, slash), _ -> new TreeMap<>())
                        .put(path.substring(slash + 1), stat);
            }
        });
        walked.forEach((path, stat) -> {
            if (stat.isDirectory()) {
                folders.add(folder(path, stat, stable.test(path), children.getOrDefault(path, Map.of())));
            }
        });
    }

    private Folder folder(String path, FileStat own, boolean stable, Map<String, FileStat> children) {
        List<String> paths = new ArrayList<>(List.of(path));
        List<byte[]> names = new ArrayList<>(List.of(Directory.self()));
        List<FileStat> stats = new ArrayList<>(List.of(own));
        Map<String, FileStat> below = new HashMap<>();
        children.forEach((name, stat) -> {
            if (stat.isDirectory()) {
                below.put(name, stat);
            } else {
                paths.add(path.isEmpty() ? name : path + "/" + name);
                names.add(bytes(name));
                stats.add(stat);
            }
        });
        return new Folder(path, stable, paths, new StatTable(arena, names, stats), below);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** By path, what is no longer as it was: how it is now, or empty when it is gone. */
    NavigableMap<String, Optional<FileStat>> differences(Directory root) {
        NavigableMap<String, Optional<FileStat>> found = new TreeMap<>();
        MemorySegment room = StatTable.room(arena);
        Set<String> replaced = new HashSet<>();
        for (Folder folder : folders) {
            if (replaced.contains(folder.path)) {
                gone(folder, found, replaced);
            } else if (folder.path.isEmpty()) {
                look(folder, root, room, found, replaced);
            } else {
                try (Directory directory = root.openBeneath(bytes(folder.path))) {
                    look(folder, directory, room, found, replaced);
                }
            }
        }
        return found;
    }

    /** What was put in its place is found already, where that was listed. */
    private static void gone(Folder folder, Map<String, Optional<FileStat>> found, Set<String> replaced) {
        folder.paths.forEach(path -> found.putIfAbsent(path, Optional.empty()));
        folder.below.keySet().forEach(name -> replaced.add(folder.inside(name)));
    }

    private static void look(
            Folder folder,
            Directory directory,
            MemorySegment room,
            Map<String, Optional<FileStat>> found,
            Set<String> replaced) {
        StatTable table = folder.table;
        if (!folder.stable || !table.isStill(directory, 0, room)) {
            found.put(folder.path, Optional.of(directory.stat(Directory.self())));
            list(folder, directory, found, replaced);
        }
        for (int i = 1; i < table.size(); i++) {
            String path = folder.paths.get(i);
            if (!table.isStill(directory, i, room)) {
                walk(directory, path.substring(path.lastIndexOf('/') + 1), path, found);
            }
        }
    }

    /** Finds what is new in a directory, and what is gone. */
    private static void list(
            Folder folder, Directory directory, Map<String, Optional<FileStat>> found, Set<String> replaced) {
        Set<String> left = new HashSet<>(folder.below.keySet());
        Set<String> known = new HashSet<>(folder.paths);
        for (byte[] raw : directory.list()) {
            String name = new String(raw, StandardCharsets.ISO_8859_1);
            String path = folder.inside(name);
            FileStat before = folder.below.get(name);
            if (before != null) {
                FileStat now = directory.stat(raw);
                if (now.isDirectory() && now.inode() == before.inode()) {
                    left.remove(name);
                } else {
                    walk(directory, name, path, found);
                }
            } else if (!known.contains(path)) {
                walk(directory, name, path, found);
            }
        }
        left.forEach(name -> replaced.add(folder.inside(name)));
    }

    private static void walk(Directory in, String name, String path, Map<String, Optional<FileStat>> found) {
        Optional<FileStat> stat = captured(in, name);
        found.put(path, stat);
        if (stat.filter(FileStat::isDirectory).isPresent()) {
            try (Directory directory = in.openBeneath(bytes(name))) {
                TreeWalk.walk(directory).forEach((below, inner) -> {
                    if (!below.isEmpty()) {
                        found.put(path + "/" + below, Optional.of(inner));
                    }
                });
            }
        }
    }

    private static Optional<FileStat> captured(Directory directory, String name) {
        try {
            return Optional.of(directory.stat(bytes(name))).filter(TreeWalk::isCaptured);
        } catch (ErrnoException e) {
            if (e.isNoEntry()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
