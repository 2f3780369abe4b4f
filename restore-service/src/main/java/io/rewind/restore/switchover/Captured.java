package io.rewind.restore.switchover;

import java.util.Set;

/**
 * What a point says of the container it was captured of.
 *
 * @param spec the engine's description of it, JSON; not to be written to
 * @param trees the file trees that the point has
 */
@SuppressWarnings("ArrayRecordComponent")
public record Captured(byte[] spec, Set<String> trees) {
    /** After a crash; by then every container that had to be made is there. */
    public static final Captured UNKNOWN = new Captured(new byte[0], Set.of());

    public Captured {
        trees = Set.copyOf(trees);
    }
}
