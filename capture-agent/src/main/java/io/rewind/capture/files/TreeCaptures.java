package io.rewind.capture.files;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.staging.Staging;
import io.rewind.runtime.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All file trees of a container in one capture, by name: "" is what the container changed of its image, any other one a
 * volume, named by where the container sees it. To be used as each {@link TreeCapture} is.
 */
public final class TreeCaptures implements AutoCloseable {
    private final SortedMap<String, TreeCapture> trees = new TreeMap<>();

    /** @param known the trees at the last published point; one that is not among them is captured whole */
    public TreeCaptures(Map<String, Path> folders, Map<String, KnownTree> known, Staging staging) {
        try {
            folders.forEach((name, folder) ->
                    trees.put(name, new TreeCapture(folder, known.getOrDefault(name, KnownTree.EMPTY), staging)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @param mapped files mapped shared and writable, by their paths from the container's root */
    public void lookAhead(Set<String> mapped) {
        trees.forEach((name, tree) -> {
            try {
                tree.lookAhead(within(name, mapped));
            } catch (Fault e) {
                throw name.isEmpty() || e.code() != CaptureFault.STAGING_FULL ? e : tooLarge(name, e);
            }
        });
    }

    public void inWindow(Set<String> mapped) {
        trees.forEach((name, tree) -> tree.inWindow(within(name, mapped)));
    }

    public SortedMap<String, TreeDelta> deltas() {
        SortedMap<String, TreeDelta> deltas = new TreeMap<>();
        trees.forEach((name, tree) -> deltas.put(name, tree.delta()));
        return deltas;
    }

    private static Fault tooLarge(String volume, Fault full) {
        return new Fault(
                full.code(),
                full.severity(),
                full.sentence() + "; the label rewind.volumes can leave out the volume at " + volume,
                full);
    }

    static Set<String> within(String tree, Set<String> paths) {
        if (tree.isEmpty()) {
            return paths;
        }
        String place = new String(tree.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String prefix = place.substring(1) + "/";
        return paths.stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        trees.values().forEach(TreeCapture::close);
    }
}
