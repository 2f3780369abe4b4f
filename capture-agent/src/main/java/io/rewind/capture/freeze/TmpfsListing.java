package io.rewind.capture.freeze;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is in a tmpfs without any content: directories, links, device nodes and empty files, as in a container's
 * /dev. Two equal listings mean that nothing has changed in between; with content one could not say so, since writing
 * through a mapping leaves no trace in a tmpfs file's times.
 *
 * @param lines sorted as they were walked
 */
record TmpfsListing(List<String> lines) {
    private static final int MOST = 2000;
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int CHARACTER = 0020000;
    private static final int BLOCK = 0060000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;

    TmpfsListing {
        lines = List.copyOf(lines);
    }

    /** Empty when it holds anything else, or a lot, or cannot be read. What is mounted over it is left out. */
    static Optional<TmpfsListing> of(Path folder) {
        List<String> lines = new ArrayList<>();
        try {
            Object device = Files.getAttribute(folder, "unix:dev", LinkOption.NOFOLLOW_LINKS);
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes unused)
                        throws IOException {
                    Map<String, Object> attributes = attributes(directory);
                    if (!device.equals(attributes.get("dev"))) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return add(directory, attributes);
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes unused) throws IOException {
                    Map<String, Object> attributes = attributes(file);
                    return device.equals(attributes.get("dev")) ? add(file, attributes) : FileVisitResult.CONTINUE;
                }

                private FileVisitResult add(Path path, Map<String, Object> attributes) throws IOException {
                    Optional<String> line = line(folder, path, attributes);
                    line.ifPresent(lines::add);
                    if (line.isEmpty() || lines.size() > MOST) {
                        throw new IOException("not without content");
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(new TmpfsListing(lines.stream().sorted().toList()));
    }

    private static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(
                path, "unix:mode,uid,gid,rdev,ino,nlink,size,lastModifiedTime,ctime,dev", LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<String> line(Path folder, Path path, Map<String, Object> attributes) throws IOException {
        int type = (int) attributes.getOrDefault("mode", 0) & TYPE;
        boolean plain = type == DIRECTORY
                || type == CHARACTER
                || type == BLOCK
                || type == LINK
                || (type == FILE && Long.valueOf(0).equals(attributes.get("size")));
        if (!plain) {
            return Optional.empty();
        }
        String target = type == LINK ? Files.readSymbolicLink(path).toString() : "";
        // A device's own time changes with its use.
        Object written = type == CHARACTER || type == BLOCK ? "" : attributes.get("lastModifiedTime");
        return Optional.of(folder.relativize(path) + "\n" + attributes.get("mode") + " " + attributes.get("uid") + " "
                + attributes.get("gid") + " " + attributes.get("rdev") + " " + attributes.get("ino") + " "
                + attributes.get("nlink") + " " + written + " " + attributes.get("ctime") + "\n" + target);
    }
}
