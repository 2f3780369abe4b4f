package io.rewind.capture.freeze;

import io.rewind.schemas.mount.Mounted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Where the volumes that belong to a container's points lie on the host. */
final class VolumeFolders {
    private VolumeFolders() {}

    /**
     * By where the container sees them. What a restore could not exchange by renaming is left out, and what lies in
     * another one is not taken twice.
     *
     * @param leftOut hears a clause for each that is left out
     */
    static Map<String, Path> of(List<Mounted> chosen, MountTable host, Consumer<String> leftOut) {
        Map<String, Path> folders = new TreeMap<>();
        List<Path> taken = new ArrayList<>();
        List<Mounted> outerFirst = chosen.stream()
                .sorted(Comparator.comparing(Mounted::source).thenComparing(Mounted::destination))
                .toList();
        for (Mounted mount : outerFirst) {
            Optional<Path> folder = folder(mount.source());
            if (folder.isEmpty()) {
                leftOut.accept(mount + " is no directory that this process can name");
            } else if (host.hasMountIn(bytes(mount.source()))) {
                leftOut.accept(mount + " is, or has in it, a file system of its own");
            } else if (taken.stream().noneMatch(folder.get()::startsWith)) {
                taken.add(folder.get());
                folders.put(mount.destination(), folder.get());
            }
        }
        return folders;
    }

    private static Optional<Path> folder(String source) {
        try {
            return Optional.of(Path.of(source)).filter(path -> Files.isDirectory(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** As a mount table has it: one character a byte. */
    private static String bytes(String path) {
        return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
