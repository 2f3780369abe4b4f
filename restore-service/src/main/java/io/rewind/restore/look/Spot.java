package io.rewind.restore.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rewind.event.StreamKind;
import io.rewind.runtime.posix.PathRefused;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.client.Selection;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Where a path inside a container is stored.
 *
 * @param kind UPPER or VOLUME
 * @param tree the volume, named by where it is mounted; empty for UPPER
 * @param name path in that tree, "" for its root; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent")
public record Spot(StreamKind kind, String tree, byte[] name) {

    /**
     * Finds the tree: the innermost mount of the container that the path lies in, else the upper directory.
     *
     * @param path as a person writes it; from the root, with or without the first slash
     * @param spec the engine's description of the container
     * @throws io.rewind.runtime.fault.Fault PATH_INVALID
     */
    public static Spot of(String path, byte[] spec) {
        String plain = path.replaceAll("/+", "/").replaceAll("^/|/$", "");
        byte[] name = PosixPath.of(plain);
        try {
            if (name.length > 0) {
                PosixPath.requireRelative(name);
            }
        } catch (PathRefused e) {
            throw LookFault.PATH_INVALID.because(
                    "A path inside the container is wanted, such as /etc/passwd: " + e.getMessage() + ".", e);
        }
        String full = "/" + plain;
        return mount(full, spec)
                .map(tree -> new Spot(
                        StreamKind.VOLUME,
                        tree,
                        PosixPath.of(full.substring(tree.length()).replaceAll("^/", ""))))
                .orElseGet(() -> new Spot(StreamKind.UPPER, "", name));
    }

    private static Optional<String> mount(String path, byte[] spec) {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(spec);
        } catch (IOException e) {
            return Optional.empty();
        }
        JsonNode container = json.isArray() ? json.path(0) : json;
        return StreamSupport.stream(container.path("Mounts").spliterator(), false)
                .map(mount -> mount.path("Destination").asText())
                .filter(at -> at.length() > 1 && (path.equals(at) || path.startsWith(at + "/")))
                .max(Comparator.comparingInt(String::length));
    }

    Selection selection() {
        return Selection.of(kind, tree, name);
    }

    /** The path of an entry at or below the spot when the spot itself is called {@code top}; "" when that is empty. */
    byte[] under(byte[] top, byte[] path) {
        int from = Math.min(path.length, name.length);
        boolean slash = from < path.length && path[from] == '/';
        byte[] below = Arrays.copyOfRange(path, slash ? from + 1 : from, path.length);
        return below.length == 0 ? top : PosixPath.join(top, below);
    }

    /** Where the container sees it, safe to be shown. */
    String shown() {
        return PosixPath.display(PosixPath.of(tree)) + "/" + PosixPath.display(name);
    }
}
